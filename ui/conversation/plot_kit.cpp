#include "ui/conversation/plot_kit.h"

#include <qcustomplot.h>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::conversation {

PlotColors plotColors() {
  const bool dark = kit::theme().id == kit::ThemeId::Dark;
  return {QColor(dark ? "#6db5f5" : "#0072b2"), QColor(dark ? "#ff9d5c" : "#d55e00"), QColor(dark ? "#5fd3a8" : "#00785a"),
          QColor(dark ? "#e2a3cc" : "#a4508b"), QColor(kit::theme().mutedInk)};
}

bool openerSendsMore(const lens::Conversation& conversation) {
  std::uint64_t opener = 0, answerer = 0;
  for (const lens::Message& one : conversation.messages) (one.byOpener ? opener : answerer) += one.size;
  return opener >= answerer;
}

QString shortName(const lens::Speaker& speaker) { return QString::fromStdString(speaker.name.empty() ? speaker.text() : speaker.name); }

namespace {

void dressAxis(QCPAxis& axis) {
  const kit::Theme& t = kit::theme();
  axis.setBasePen(QPen(t.line));
  axis.setTickPen(QPen(t.line));
  axis.setSubTickPen(QPen(t.line));
  axis.setTickLabelColor(t.mutedInk);
  axis.setLabelColor(t.ink);
  axis.setTickLabelFont(kit::textFont(kit::TextSize::Small));
  axis.setLabelFont(kit::textFont(kit::TextSize::Small));
  axis.setNumberFormat(QStringLiteral("gb"));
  axis.setNumberPrecision(6);
  axis.grid()->setPen(QPen(kit::blend(t.line, t.panel, 0.5), 0, Qt::DotLine));
  axis.grid()->setZeroLinePen(Qt::NoPen);
}

}  // namespace

void dress(QCPAxisRect& rect) {
  for (QCPAxis* axis : rect.axes()) dressAxis(*axis);
}

void dress(QCustomPlot& plot) {
  const kit::Theme& t = kit::theme();
  plot.setBackground(t.panel);
  for (QCPAxisRect* rect : plot.axisRects()) dress(*rect);
  plot.legend->setFont(kit::textFont(kit::TextSize::Small));
  plot.legend->setTextColor(t.ink);
  plot.legend->setBrush(Qt::NoBrush);
  plot.legend->setBorderPen(Qt::NoPen);
}

QCPGraph* addSteps(QCustomPlot& plot, QCPAxis* x, QCPAxis* y, const QPen& pen) {
  QCPGraph* graph = plot.addGraph(x, y);
  graph->setPen(pen);
  graph->setLineStyle(QCPGraph::lsStepLeft);
  return graph;
}

double secondsOf(Time time) { return static_cast<double>(time.ns) / 1e9; }

void setAiryRange(QCPAxis& axis, double from, double to) {
  const double air = to > from ? (to - from) * 0.04 : std::max(1e-6, std::abs(to) * 0.04 + 1e-6);
  axis.setRange(from - air, to + air);
}

}  // namespace hw::conversation
