// A walk over every widget below one: what a person could object to in the texts that they show, a line for each.
#pragma once

#include <QRect>
#include <QStringList>
#include <QWidget>
#include <vector>

namespace hw::test {

struct ShownText {
  const QWidget* widget = nullptr;
  QString text;
  QRect room;          ///< in the coordinates of its widget
  QSize wanted;        ///< that the text needs; empty where it scrolls or is wrapped by its widget
  bool enabled = true;
};

/// All texts of the visible widgets, those that a scroll area has moved out of sight too.
std::vector<ShownText> shownTexts(const QWidget& root);

/// Texts that have less room than they need.
QStringList clippedTexts(const QWidget& root);
/// Texts whose ink, as painted, has a contrast below 4.5 to its paper (below 3 where it is disabled).
QStringList faintTexts(QWidget& root);
/// Texts, tool tips and spoken names without a Chinese letter that are no names, numbers or commands.
QStringList untranslatedTexts(const QWidget& root);
/// Widgets that are worked by hand and that a screen reader cannot name.
QStringList namelessWidgets(const QWidget& root);

}  // namespace hw::test
