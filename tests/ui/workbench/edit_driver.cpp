// A window whose network is edited without a pause, for tests/long/kill_while_editing.py: it is killed
// at a random moment. Each edit makes the title a larger number; what the window shows is written to
// standard output, so that the script knows what was drawn when.
//
//   edit_driver FILE
#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <chrono>
#include <cstdio>

#include "ui/model/session_port.h"
#include "ui/workbench/main_window.h"

namespace {

constexpr int kEditMs = 40;
constexpr int kEditsPerSave = 60;

long long nowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// The number in the title, or 0.
int numberOf(const hw::model::Snapshot& snapshot) { return std::atoi(snapshot.draft->document.title.en.c_str()); }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("hopwise"));
  hw::workbench::MainWindow window(hw::workbench::WindowOptions{});
  window.show();
  window.open(QString::fromLocal8Bit(argv[1]));
  int asked = 0, shown = 0;
  QObject::connect(&window.port(), &hw::model::SessionPort::changed, &window, [&](const hw::model::SnapshotPtr& snapshot) {
    const int number = numberOf(*snapshot);
    if (number <= shown) return;
    shown = number;
    std::printf("%d %lld\n", number, nowMs());
    std::fflush(stdout);
  });
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, &window, [&] {
    if (!window.port().snapshot()) return;
    asked = std::max(asked, numberOf(*window.port().snapshot())) + 1;
    window.port().send(hw::model::EditNetwork{hw::project::AddNode{hw::project::NodeKind::Host, {}}});
    window.port().send(hw::model::EditNetwork{hw::project::SetTitle{{std::to_string(asked), {}}}});
    if (asked % 20 == 0) window.port().send(hw::model::Undo{});
    if (asked % kEditsPerSave == 0) window.save();
  });
  timer.start(kEditMs);
  return QApplication::exec();
}
