#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "core/base/check.h"
#include "tests/ui/newcomers.h"
#include "ui/model/device_table_model.h"
#include "ui/model/engine.h"
#include "ui/model/hop_strip_model.h"
#include "ui/model/layer_tree_model.h"
#include "ui/model/packet_list_model.h"
#include "ui/model/session_port.h"
#include "ui/model/time_text.h"

namespace hw::model {
namespace {

constexpr auto kStrict = QAbstractItemModelTester::FailureReportingMode::Fatal;

/// Snapshots of the ping, forth and back.
std::vector<SnapshotPtr> walk() {
  Engine engine;
  engine.handle(OpenProject{test::kNetwork});
  std::vector<SnapshotPtr> all{engine.handle(PlayScript{{{"h1", test::kPing}}, 1, {}}).snapshot};
  for (int i = 0; i < 24; ++i) all.push_back(engine.handle(StepForward{}).snapshot);
  for (int i = 0; i < 24; ++i) all.push_back(engine.handle(StepBack{}).snapshot);
  return all;
}

TEST(Models, KeepTheRulesOfQtWhileTimeGoesForthAndBack) {
  PacketListModel list;
  LayerTreeModel tree;
  HopStripModel hops;
  DeviceTableModel table;
  const QAbstractItemModelTester a(&list, kStrict), b(&tree, kStrict), c(&hops, kStrict), d(&table, kStrict);
  for (const SnapshotPtr& snapshot : walk()) {
    list.setValue(snapshot->packets, snapshot->beat);
    tree.setValue(snapshot->packet, Language::English);
    hops.setValue(snapshot->packet);
    table.setValue(snapshot->tables.front(), Language::English);
    EXPECT_EQ(list.rowCount(), static_cast<int>(snapshot->packets->size()));
    EXPECT_EQ(table.rowCount(), static_cast<int>(snapshot->tables.front().table.rows.size()));
  }
}

TEST(Models, APacketThatIsNewInTheListLeavesTheOthersAlone) {
  PacketListModel list;
  const auto all = walk();
  list.setValue(all[10]->packets, all[10]->beat);
  QSignalSpy resets(&list, &QAbstractItemModel::modelReset), removals(&list, &QAbstractItemModel::rowsRemoved);
  list.setValue(all[14]->packets, all[14]->beat);
  EXPECT_EQ(resets.count() + removals.count(), 0);
  EXPECT_GT(all[14]->packets->size(), all[10]->packets->size());
}

TEST(LayerTree, EveryByteBelongsToARowAndEveryRowToItsBytes) {
  LayerTreeModel tree;
  for (const SnapshotPtr& snapshot : walk()) {
    if (!snapshot->packet) continue;
    tree.setValue(snapshot->packet, Language::Chinese);
    for (std::uint32_t byte = 0; byte < snapshot->packet->card.bytes.size(); ++byte) {
      const QModelIndex index = tree.indexAt(byte);
      ASSERT_TRUE(index.isValid()) << "byte " << byte;
      const auto span = tree.spanOf(index);
      EXPECT_TRUE(byte >= span->pos && byte < span->pos + span->size);
    }
  }
}

TEST(LayerTree, MarksTheFieldsThatTheRouterRewrote) {
  LayerTreeModel tree;
  QStringList marked;
  for (const SnapshotPtr& snapshot : walk()) {
    if (!snapshot->packet || snapshot->packet->card.row.fromName != "r1:eth1" ||
        snapshot->packet->card.row.line.protocol != "ICMP")
      continue;
    tree.setValue(snapshot->packet, Language::English);
    const auto found = tree.match(tree.index(0, 0), LayerTreeModel::ChangedRole, true, -1,
                                  Qt::MatchExactly | Qt::MatchRecursive);
    for (const QModelIndex& one : found) marked += one.data(LayerTreeModel::KeyRole).toString();
    break;
  }
  marked.sort();
  EXPECT_EQ(marked.join(' ').toStdString(), "eth.dst eth.src ip.checksum ip.ttl");
}

TEST(TimeText, WritesNanosecondsInGroups) {
  EXPECT_EQ(timeText(Time{0}).toStdString(), "0.000 000 000 s");
  EXPECT_EQ(timeText(Time{12'003'040'005}).toStdString(), "12.003 040 005 s");
}

TEST(SessionPort, AnswersOnTheThreadOfTheWindow) {
  SessionPort port;
  QThread* where = nullptr;
  QObject::connect(&port, &SessionPort::changed, &port, [&where] { where = QThread::currentThread(); });
  port.send(OpenProject{test::kNetwork});
  ASSERT_TRUE(QTest::qWaitFor([&port] { return port.idle(); }));
  EXPECT_EQ(where, QThread::currentThread());
  EXPECT_EQ(port.snapshot()->nodes.size(), 7u);
}

TEST(SessionPort, CarriesOutTheLastOfManySeeks) {
  SessionPort port;
  port.send(OpenProject{test::kNetwork});
  port.send(PlayScript{{{"h1", test::kPing}}, 15, {}});
  for (std::size_t beat = 0; beat <= 7; ++beat) port.send(SeekBeat{beat});
  ASSERT_TRUE(QTest::qWaitFor([&port] { return port.idle(); }));
  EXPECT_EQ(port.snapshot()->beat, 7u);
}

TEST(SessionPort, AFailedCheckEndsTheSessionAndNotTheProgram) {
  SessionPort port;
  QString failure;
  QObject::connect(&port, &SessionPort::failed, &port, [&failure](const QString& what) { failure = what; });
  port.send(OpenProject{test::kNetwork});
  port.send(TypeLine{DeviceId{4711}, "ping"});  // no such device: the engine's own checks stop this
  ASSERT_TRUE(QTest::qWaitFor([&port] { return port.idle(); }));
  EXPECT_NE(failure, "");
  port.send(StepForward{});  // a session that has ended answers nothing
  port.send(OpenProject{test::kNetwork});
  ASSERT_TRUE(QTest::qWaitFor([&port] { return port.idle(); }));
  EXPECT_EQ(port.snapshot()->beat, 0u);
}

}  // namespace
}  // namespace hw::model
