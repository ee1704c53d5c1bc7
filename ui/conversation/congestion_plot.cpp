#include "ui/conversation/congestion_plot.h"

#include <qcustomplot.h>

#include <QVBoxLayout>

#include "ui/conversation/plot_kit.h"
#include "ui/kit/theme.h"

namespace hw::conversation {

struct CongestionPlot::Impl {
  QCustomPlot* plot = nullptr;
  QCPAxisRect* lower = nullptr;
  QCPGraph* window = nullptr;
  QCPGraph* flight = nullptr;
  QCPGraph* trips = nullptr;
  QCPItemStraightLine* now = nullptr;
  QCPItemStraightLine* nowBelow = nullptr;
};

CongestionPlot::CongestionPlot(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  m->plot = new QCustomPlot(this);
  m->plot->setObjectName(QStringLiteral("congestionPlot"));
  m->plot->setMinimumSize(120, 160);
  column->addWidget(m->plot);
  QCustomPlot& plot = *m->plot;
  plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  m->lower = new QCPAxisRect(&plot);
  plot.plotLayout()->addElement(1, 0, m->lower);
  plot.plotLayout()->setRowSpacing(2);
  plot.plotLayout()->addElement(2, 0, plot.legend);
  plot.plotLayout()->setRowStretchFactor(0, 1.4);
  plot.plotLayout()->setRowStretchFactor(2, 0.001);
  plot.legend->setVisible(true);
  plot.legend->setFillOrder(QCPLegend::foColumnsFirst);
  plot.legend->setWrap(3);
  // Both have the same time below and numbers that begin in one line.
  auto* group = new QCPMarginGroup(&plot);
  plot.axisRect()->setMarginGroup(QCP::msLeft | QCP::msRight, group);
  m->lower->setMarginGroup(QCP::msLeft | QCP::msRight, group);
  QCPAxis* const x = m->lower->axis(QCPAxis::atBottom);
  connect(plot.xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), x, qOverload<const QCPRange&>(&QCPAxis::setRange));
  connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), plot.xAxis, qOverload<const QCPRange&>(&QCPAxis::setRange));
  m->window = addSteps(plot, plot.xAxis, plot.yAxis, {});
  m->flight = plot.addGraph();
  m->trips = plot.addGraph(x, m->lower->axis(QCPAxis::atLeft));
  m->trips->setLineStyle(QCPGraph::lsNone);
  m->now = new QCPItemStraightLine(&plot);
  m->nowBelow = new QCPItemStraightLine(&plot);
  for (QCPItemPosition* one : {m->nowBelow->point1, m->nowBelow->point2}) {
    one->setAxes(x, m->lower->axis(QCPAxis::atLeft));
    one->setAxisRect(m->lower);
  }
  m->nowBelow->setClipAxisRect(m->lower);
}

CongestionPlot::~CongestionPlot() = default;

void CongestionPlot::setValue(const std::shared_ptr<const model::ConversationsView>& view, Time now) {
  const model::ConversationView& shown = *view->shown;
  const bool ofOpener = openerSendsMore(shown.what);
  QVector<double> at, window, flightAt, flight, tripAt, trip;
  double most = 1, longest = 0, last = 0;
  for (const lens::Message& one : shown.what.messages) last = std::max(last, secondsOf(one.sent));
  for (const lens::Congestion& one : shown.what.congestion) {
    if (one.ofOpener != ofOpener) continue;
    at += secondsOf(one.at);
    window += one.window;
    most = std::max<double>(most, one.window);
    if (!one.inFlight) continue;
    flightAt += at.back();
    flight += *one.inFlight;
    most = std::max<double>(most, flight.back());
  }
  for (const lens::RoundTrip& one : shown.roundTrips) {
    if (one.ofOpener != ofOpener) continue;
    tripAt += secondsOf(one.at);
    trip += static_cast<double>(one.time.ns) / 1e6;
    longest = std::max(longest, trip.back());
    last = std::max(last, tripAt.back());
  }
  if (!at.isEmpty()) {
    at += std::max(at.back(), last);
    window += window.back();
  }
  m->window->setData(at, window, true);
  m->flight->setData(flightAt, flight, true);
  m->trips->setData(tripAt, trip, true);
  const double first = shown.what.messages.empty() ? 0 : secondsOf(shown.what.messages.front().sent);
  setAiryRange(*m->plot->xAxis, first, last);
  m->plot->yAxis->setRange(0, most * 1.08);
  m->lower->axis(QCPAxis::atLeft)->setRange(0, longest > 0 ? longest * 1.15 : 1);
  for (QCPItemStraightLine* line : {m->now, m->nowBelow}) {
    line->point1->setCoords(secondsOf(now), 0);
    line->point2->setCoords(secondsOf(now), 1);
  }
  retranslate();
}

void CongestionPlot::retranslate() {
  const PlotColors colors = plotColors();
  dress(*m->plot);
  dress(*m->lower);
  m->plot->yAxis->setLabel(tr("Segments"));
  m->lower->axis(QCPAxis::atBottom)->setLabel(tr("Time (s)"));
  m->lower->axis(QCPAxis::atLeft)->setLabel(tr("Round trip (ms)"));
  m->window->setName(tr("Congestion window"));
  m->flight->setName(tr("Under way"));
  m->trips->setName(tr("Round-trip time"));
  m->window->setPen(QPen(colors.data, 2));
  m->flight->setPen(QPen(colors.again, 1.4, Qt::DashLine));
  m->window->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colors.data, 1), colors.data, 5));
  m->flight->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(colors.again, 1), Qt::NoBrush, 5));
  m->trips->setPen(QPen(colors.acknowledged, 1.4));
  m->trips->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.acknowledged, 1.4), Qt::NoBrush, 5));
  for (QCPItemStraightLine* line : {m->now, m->nowBelow}) line->setPen(QPen(kit::theme().accent, 1));
  m->plot->setAccessibleName(tr("Congestion window and round-trip time"));
  m->plot->replot(QCustomPlot::rpQueuedReplot);
}

void CongestionPlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) retranslate();
}

}  // namespace hw::conversation
