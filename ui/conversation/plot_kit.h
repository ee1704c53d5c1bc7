// What the plots of this room share.
#pragma once

#include <QColor>

#include <QString>

#include "core/lens/conversations.h"

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

/// Whose data a plot shows unless somebody turns it round: those of the side that has sent more.
bool openerSendsMore(const lens::Conversation& conversation);
/// The name of its device, or its address and port as long as that is unknown.
QString shortName(const lens::Speaker& speaker);

/// Puts a plot into the colours and fonts of the theme in force.
void dress(QCustomPlot& plot);
void dress(QCPAxisRect& rect);
/// A graph without a line between its points unless `steps`.
QCPGraph* addSteps(QCustomPlot& plot, QCPAxis* x, QCPAxis* y, const QPen& pen);
double secondsOf(Time time);
/// A range that holds [from, to] with some air around it.
void setAiryRange(QCPAxis& axis, double from, double to);

}  // namespace hw::conversation
