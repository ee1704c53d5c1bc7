// The colours of the window, light and dark. Nobody else writes a colour down.
#pragma once

#include <QColor>
#include <cstddef>

class QPalette;
class QWidget;

namespace hw::kit {

enum class ThemeId { Light, Dark };

struct Theme {
  ThemeId id;
  QColor canvas;      ///< behind the network
  QColor grid;        ///< the dots of the canvas
  QColor window;      ///< around the panels
  QColor panel;       ///< where text stands
  QColor stripe;      ///< every other row, heads of tables
  QColor line;        ///< borders
  QColor ink;
  QColor mutedInk;
  QColor accent;      ///< what is selected or active
  QColor accentInk;   ///< text on accent
  QColor cable;
  QColor changed;     ///< behind what just changed
  QColor changedInk;
  QColor good;
  QColor bad;
};

/// The theme in force.
const Theme& theme();
const Theme& themeOf(ThemeId id);
QPalette paletteOf(const Theme& theme);
/// A colour for the n-th of several groups, to be told apart from its neighbours; numbers tell them apart for everybody.
QColor groupColor(std::size_t n);
/// The colour between a (share 0) and b (share 1).
QColor blend(const QColor& a, const QColor& b, double share);
/// What a widget is there for, where the theme gives that a colour of its own: "bad" a label that tells a mistake, "offer" a
/// button or bar that proposes something. (A style sheet of the widget's own could not change while the theme does.)
void setMood(QWidget& widget, const char* mood);
/// Puts the application on Fusion, this palette and our style sheet.
void applyTheme(ThemeId id);

}  // namespace hw::kit
