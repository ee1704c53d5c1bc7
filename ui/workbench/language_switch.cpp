#include "ui/workbench/language_switch.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace hw::workbench {

LanguageSwitch::~LanguageSwitch() {
  QCoreApplication::removeTranslator(&m_own);
  QCoreApplication::removeTranslator(&m_qt);
}

void LanguageSwitch::set(Language language) {
  QCoreApplication::removeTranslator(&m_own);
  QCoreApplication::removeTranslator(&m_qt);
  m_language = language;
  const QString name = language == Language::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
  QLocale::setDefault(language == Language::Chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                                    : QLocale(QLocale::English, QLocale::UnitedStates));
  if (language == Language::Chinese &&
      m_qt.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(&m_qt);
  // English has a file too: plurals.
  if (m_own.load(QStringLiteral(":/i18n/hopwise_%1.qm").arg(name)))
    QCoreApplication::installTranslator(&m_own);
}

Language LanguageSwitch::ofSystem() {
  return QLocale::system().language() == QLocale::Chinese ? Language::Chinese : Language::English;
}

}  // namespace hw::workbench
