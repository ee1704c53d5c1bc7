// The language of the window, changed at run time: every widget hears QEvent::LanguageChange.
#pragma once

#include <QTranslator>

#include "core/base/text.h"

namespace hw::workbench {

class LanguageSwitch {
 public:
  ~LanguageSwitch();
  void set(Language language);
  Language language() const { return m_language; }
  /// That of the person's surroundings.
  static Language ofSystem();

 private:
  QTranslator m_own;
  QTranslator m_qt;
  Language m_language = Language::English;
};

}  // namespace hw::workbench
