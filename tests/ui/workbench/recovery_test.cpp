// What a killed program had not saved is offered by the next one.
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include "core/project/file.h"
#include "tests/ui/workbench/window_fixture.h"

namespace hw::test {
namespace {

constexpr const char* kOneHost = "version: 1\nnodes:\n  server: {kind: host, position: [100, 100]}\n";

class AfterACrash : public WindowTest {
 protected:
  void SetUp() override {
    QDir(copies()).removeRecursively();
    QFile saved(file());
    ASSERT_TRUE(saved.open(QIODevice::WriteOnly));
    saved.write(kOneHost);
  }
  void TearDown() override {
    window.reset();
    QDir(copies()).removeRecursively();
  }
  QString file() const { return m_folder.filePath("lab.hopwise"); }
  static QString copies() {
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/autosave");
  }
  static QStringList copiesThere() { return QDir(copies()).entryList({"*.hopwise"}, QDir::Files); }

  /// A window that adds a host to the file and waits until that is on the disk.
  void editWithoutSaving() {
    openWindow();
    window->open(file());
    settle();
    window->port().send(model::EditNetwork{project::AddNode{project::NodeKind::Host, project::Position{300, 100}}});
    settle();
    ASSERT_TRUE(QTest::qWaitFor([] { return copiesThere().size() == 1; }, 10'000));
  }
  /// As after kill -9: the copy and where it belongs are there, the lock that fell with the program is not.
  void crash() {
    editWithoutSaving();
    const QString left = copies() + '/' + copiesThere().front();
    const QString kept = m_folder.filePath("kept");
    ASSERT_TRUE(QFile::copy(left, kept + ".hopwise"));
    ASSERT_TRUE(QFile::copy(left.chopped(8) + ".origin", kept + ".origin"));
    window.reset();
    for (const char* suffix : {".hopwise", ".origin"}) ASSERT_TRUE(QFile::copy(kept + suffix, copies() + "/left" + suffix));
  }
  void startAgain() {
    openWindow();
    window->offerRecovery();
    QTest::qWait(10);
  }
  bool offered() const { return named("recoveryBar")->isVisible(); }
  std::size_t hosts() const { return snapshot()->draft->document.nodes.size(); }
  std::size_t hostsInTheFile() const { return project::loadFile(file().toStdString())->document.nodes.size(); }
  /// Presses a button of the next question.
  void answer(QMessageBox::StandardButton button) {
    QTimer::singleShot(20, window.get(), [button] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      ASSERT_NE(box, nullptr);
      box->button(button)->click();
    });
  }

 private:
  QTemporaryDir m_folder;
};

TEST_F(AfterACrash, NothingIsOfferedWhenNothingWasLeft) {
  startAgain();
  EXPECT_FALSE(offered());
}

TEST_F(AfterACrash, WhatWasLeftIsOfferedUnderTheNameOfItsFile) {
  crash();
  startAgain();
  ASSERT_TRUE(offered());
  const QString text = named("recoveryBar")->findChild<QLabel*>()->text();
  EXPECT_TRUE(text.contains("lab.hopwise")) << text.toStdString();
}

TEST_F(AfterACrash, TakingItBringsTheWorkBackAndSavingEndsIt) {
  crash();
  startAgain();
  click("recover");
  EXPECT_FALSE(offered());
  EXPECT_EQ(hosts(), 2u);
  EXPECT_TRUE(window->isWindowModified()) << "it is not in the file yet";
  EXPECT_EQ(hostsInTheFile(), 1u);
  EXPECT_EQ(copiesThere().size(), 1) << "kept until it is saved: another crash may come";
  ASSERT_TRUE(window->save());
  EXPECT_EQ(hostsInTheFile(), 2u);
  EXPECT_FALSE(window->isWindowModified());
  EXPECT_TRUE(copiesThere().isEmpty());
}

TEST_F(AfterACrash, DiscardingItRemovesItAndLeavesTheFile) {
  crash();
  startAgain();
  click("discardCopy");
  EXPECT_FALSE(offered());
  EXPECT_TRUE(copiesThere().isEmpty());
  EXPECT_EQ(hostsInTheFile(), 1u);
  EXPECT_TRUE(QDir(copies()).isEmpty()) << "nothing lies about";
}

TEST_F(AfterACrash, WhatWasTakenAndThenGivenUpIsNotOfferedAgain) {
  crash();
  startAgain();
  click("recover");
  answer(QMessageBox::Discard);
  EXPECT_TRUE(window->close());
  EXPECT_TRUE(copiesThere().isEmpty());
}

TEST_F(AfterACrash, ItStaysOnOfferWhenThePersonWantsToKeepWhatIsDrawnNow) {
  crash();
  startAgain();
  window->port().send(model::EditNetwork{project::AddNode{project::NodeKind::Hub, {}}});
  settle();
  const std::size_t drawn = hosts();
  answer(QMessageBox::Cancel);
  click("recover");
  EXPECT_TRUE(offered());
  EXPECT_EQ(hosts(), drawn);
  EXPECT_EQ(copiesThere().size(), 1);
}

TEST_F(AfterACrash, TheCopyOfAWindowThatIsStillOpenIsNotOffered) {
  editWithoutSaving();
  const auto first = std::move(window);
  startAgain();
  EXPECT_FALSE(offered());
  EXPECT_EQ(copiesThere().size(), 1);
}

}  // namespace
}  // namespace hw::test
