#include "ui/kit/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

namespace hw::kit {
namespace {

// Ink on panel has a contrast of at least 7, muted ink and coloured ink of at least 4.5.
const Theme kLight{ThemeId::Light,
                   "#f6f8fb", "#dde3eb", "#e9edf2", "#ffffff", "#f1f4f8", "#c6ced8",
                   "#18202b", "#55606e", "#0a5aa8", "#ffffff", "#7f8b99", "#fff0c2",
                   "#6a4400", "#19703f", "#b3261e"};
const Theme kDark{ThemeId::Dark,
                  "#12171e", "#252d38", "#1a2028", "#1f2630", "#262e39", "#3b4553",
                  "#e8ecf2", "#a6b0be", "#6db5f5", "#0b1722", "#78859a", "#4b3a0e",
                  "#ffdf94", "#7dd69c", "#ff8d83"};

ThemeId current = ThemeId::Light;

QString sheetOf(const Theme& t) {
  return QStringLiteral(
             "QToolTip{color:%1;background:%2;border:1px solid %3;padding:3px}"
             "QMainWindow::separator{background:%4;width:5px;height:5px}"
             "QDockWidget::title{background:%4;padding:6px 8px}"
             "QHeaderView::section{background:%5;color:%6;border:none;border-bottom:1px solid %3;"
             "padding:3px 6px}"
             "QTableView,QTreeView,QTextBrowser,QPlainTextEdit,QListView{border:1px solid %3;"
             "background:%2}"
             "QLineEdit,QPlainTextEdit[readOnly=\"false\"]{border:1px solid %7;border-radius:3px;background:%2}"
             "QLineEdit{padding:2px 4px}"
             "QLineEdit:focus,QPlainTextEdit[readOnly=\"false\"]:focus{border-color:%8}"
             "QPushButton{padding:4px 10px}"
             "QLabel[mood=\"bad\"]{color:%9}"
             "QToolButton[mood=\"offer\"]{color:%8;background:%2;border:1px solid %8;border-radius:9px;padding:1px 9px}"
             "QToolButton[mood=\"offer\"]:hover,QToolButton[mood=\"offer\"]:focus{color:%10;background:%8}"
             "QFrame[mood=\"offer\"]{background:%11;border:none;border-bottom:1px solid %3}"
             "QFrame[mood=\"offer\"] QLabel{color:%12}"
             "QTableView{gridline-color:%5}"
             "QToolBar{border:none;border-bottom:1px solid %3;padding:3px;spacing:3px}"
             "QTabBar{qproperty-drawBase:0}"
             "QStatusBar{border-top:1px solid %3}")
      .arg(t.ink.name(), t.panel.name(), t.line.name(), t.window.name(), t.stripe.name(),
           t.mutedInk.name(), t.cable.name(), t.accent.name(), t.bad.name())
      .arg(t.accentInk.name(), t.changed.name(), t.changedInk.name());
}

}  // namespace

const Theme& theme() { return themeOf(current); }
const Theme& themeOf(ThemeId id) { return id == ThemeId::Dark ? kDark : kLight; }

QPalette paletteOf(const Theme& t) {
  QPalette p;
  p.setColor(QPalette::Window, t.window);
  p.setColor(QPalette::WindowText, t.ink);
  p.setColor(QPalette::Base, t.panel);
  p.setColor(QPalette::AlternateBase, t.stripe);
  p.setColor(QPalette::Text, t.ink);
  p.setColor(QPalette::PlaceholderText, t.mutedInk);
  p.setColor(QPalette::Button, t.id == ThemeId::Dark ? t.stripe : t.window);
  p.setColor(QPalette::ButtonText, t.ink);
  p.setColor(QPalette::BrightText, t.bad);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.accentInk);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::ToolTipBase, t.panel);
  p.setColor(QPalette::ToolTipText, t.ink);
  p.setColor(QPalette::Mid, t.line);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, blend(t.mutedInk, t.window, 0.15));
  return p;
}

QColor groupColor(std::size_t n) {
  static constexpr const char* kColors[] = {"#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#d55e00", "#b5a900", "#0072b2", "#8c6bb1"};
  return QColor(QLatin1String(kColors[n % std::size(kColors)]));
}

QColor blend(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int from, int to) { return qRound(from + (to - from) * share); };
  return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

void setMood(QWidget& widget, const char* mood) { widget.setProperty("mood", QLatin1String(mood)); }

void applyTheme(ThemeId id) {
  current = id;
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setPalette(paletteOf(theme()));
  qApp->setStyleSheet(sheetOf(theme()));
}

}  // namespace hw::kit
