// A window with the network for newcomers, worked by real events.
#pragma once

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QTest>

#include "tests/ui/newcomers.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/packet_painter.h"
#include "ui/model/session_port.h"
#include "ui/workbench/main_window.h"

namespace hw::test {

class WindowTest : public ::testing::Test {
 protected:
  void openWindow(workbench::WindowOptions options = {}, QSize size = {1280, 800}) {
    window = std::make_unique<workbench::MainWindow>(options);
    window->resize(size);
    window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(window.get()));
    window->open(kNetwork);
    settle();
  }
  template <class W = QWidget> W* named(const char* name) const {
    W* widget = window->findChild<W*>(QString::fromLatin1(name));
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }
  canvas::CanvasView* canvas() const { return named<canvas::CanvasView>("canvas"); }
  model::SnapshotPtr snapshot() const { return window->port().snapshot(); }
  /// Until the engine has answered and nothing moves any more.
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return window->port().idle() && !canvas()->isMoving(); }, 10'000));
  }
  void click(const char* button) {
    QTest::mouseClick(named<QAbstractButton>(button), Qt::LeftButton);
    settle();
  }
  void type(const char* line) {
    QWidget* prompt = named("terminalLine");
    QTest::mouseClick(prompt, Qt::LeftButton);
    QTest::keyClicks(prompt, QString::fromLatin1(line));
    QTest::keyClick(prompt, Qt::Key_Return);
  }

  std::unique_ptr<workbench::MainWindow> window;
};

}  // namespace hw::test
