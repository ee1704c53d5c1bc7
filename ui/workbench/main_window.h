// The window: picture and timeline in the middle, packet, device, terminal and lists around them.
#pragma once

#include <QMainWindow>
#include <memory>

#include "core/base/text.h"
#include "ui/conversation/conversation_page.h"
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

struct LostCopy;

struct WindowOptions {
  kit::ThemeId theme = kit::ThemeId::Light;
  Language language = Language::English;
  bool animated = true;  ///< packets move; false for pictures
  bool keepsProgress = true;  ///< in lessons; false for pictures
  QString samples;       ///< the folder of the lessons
};

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const WindowOptions& options);
  ~MainWindow() override;

  void open(const QString& path);
  void newNetwork();
  /// Writes the document, asking for a name if it has none; false: it was not written.
  bool save();
  bool saveAs(const QString& path);
  /// Shows where to begin: new, open, recent, samples.
  void showStartPage();
  /// Offers what a program that was killed had not saved.
  void offerRecovery();
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
  void showPropertiesTab();
  void showConversation(conversation::ConversationPage::Aspect aspect);

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

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
  void connectFiles();
  void chooseFile();
  bool chooseName();
  /// True if what was drawn is saved, or may be lost.
  bool mayLeave();
  void recover(const LostCopy& copy);
  void fillRecent();
  void showTitle();
  void showCanvas();
  void showPages(bool shown);
  void about();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::workbench
