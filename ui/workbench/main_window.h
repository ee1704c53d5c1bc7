// The window: picture and timeline in the middle, packet, device, terminal and lists around them.
#pragma once

#include <QMainWindow>
#include <memory>

#include "core/base/text.h"
#include "ui/kit/theme.h"
#include "ui/model/request.h"
#include "ui/workbench/action_table.h"

namespace hw::lesson_page {
class LessonPage;
}
namespace hw::model {
class SessionPort;
}

namespace hw::workbench {

struct WindowOptions {
  kit::ThemeId theme = kit::ThemeId::Light;
  Language language = Language::English;
  bool animated = true;  ///< packets move; false for pictures
  bool keepsProgress = true;  ///< in lessons; false for pictures
};

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const WindowOptions& options);
  ~MainWindow() override;

  void open(const QString& path);
  void setLanguage(Language language);
  void setTheme(kit::ThemeId theme);
  model::SessionPort& port() const;
  ActionTable& actions() const;

  /// Brings the tab of the selected packet or device to the front.
  void showPacketTab();
  /// The same, and the tab of its hops.
  void showPacketAndHops();
  void showDeviceTab();
  void showLessonTab();
  lesson_page::LessonPage& lessonPage() const;

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Impl;
  void build();
  void connectPages();
  void connectActions();
  void connectLesson();
  /// Opens what stands in the folder as a lesson; false if the lesson cannot be used.
  bool openLesson(const QString& path);
  void typeForLesson(const QString& device, const QString& line);
  void take();
  void retranslate();
  void chooseFile();
  void about();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::workbench
