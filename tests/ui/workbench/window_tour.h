// A tour through the window: every page, menu and dialog, in both languages and both themes.
#pragma once

#include <QTemporaryDir>
#include <functional>

#include "tests/ui/workbench/window_fixture.h"

class QDialog;

namespace hw::test {

class WindowTour : public WindowTest {
 protected:
  /// Hears of a place in each language and theme, with what is to be looked at there.
  using Judge = std::function<void(const QString& place, Language language, QWidget& root)>;

  void open(QSize size, const Judge& judge);
  void startPage();
  void recovery();
  void files();
  void propertyPages();
  void packetAndDevices();
  void conversations();
  void lesson();
  void menus();
  void dialogs();

 private:
  /// Judged as it is, in each language and theme.
  void stop(const QString& place, const std::function<void()>& before = [] {});
  /// Does it in each language and theme, and judges the dialog that it opens.
  void stopAtDialog(const QString& place, const std::function<void()>& opens);
  void inEachLook(const std::function<void(Language)>& what);
  void select(const char* node);
  QString faultyNetwork() const;
  void picture(const QString& place, QWidget& root) const;

  QTemporaryDir m_folder;
  Judge m_judge;
  QSize m_size;
  Language m_language = Language::English;
  kit::ThemeId m_theme = kit::ThemeId::Light;
};

}  // namespace hw::test
