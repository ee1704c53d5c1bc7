// What the plots of this room share.
#pragma once

#include <QColor>

#include "core/base/time.h"

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCustomPlot;
class QPen;

namespace hw::conversation {

/// Colours that the colour-blind can tell apart; shapes tell them apart too.
struct PlotColors {
  QColor data;
  QColor again;
  QColor acknowledged;
  QColor selective;
  QColor window;
};
PlotColors plotColors();

/// Puts a plot into the colours and fonts of the theme in force.
void dress(QCustomPlot& plot);
void dress(QCPAxisRect& rect);
/// A graph without a line between its points unless `steps`.
QCPGraph* addSteps(QCustomPlot& plot, QCPAxis* x, QCPAxis* y, const QPen& pen);
double secondsOf(Time time);
/// A range that holds [from, to] with some air around it.
void setAiryRange(QCPAxis& axis, double from, double to);

}  // namespace hw::conversation
