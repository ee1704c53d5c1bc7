#include "ui/conversation/sequence_plot.h"

#include <qcustomplot.h>

#include <QCheckBox>
#include <QVBoxLayout>
#include <limits>

#include "core/proto/tcp/tcp_wire.h"
#include "ui/conversation/plot_kit.h"
#include "ui/kit/theme.h"

namespace hw::conversation {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// Upright strokes from one number to another, as one graph.
struct Strokes {
  QVector<double> x, y;
  void add(double at, double from, double to) {
    x += {at, at, at};
    y += {from, to, kNothing};
  }
};

}  // namespace

struct SequencePlot::Impl {
  QCustomPlot* plot = nullptr;
  QCheckBox* turned = nullptr;  ///< the other side's data
  QCPGraph* data = nullptr;
  QCPGraph* again = nullptr;
  QCPGraph* lost = nullptr;
  QCPGraph* acknowledged = nullptr;
  QCPGraph* selective = nullptr;
  QCPGraph* window = nullptr;
  QCPItemStraightLine* now = nullptr;
  QCPItemTracer* selected = nullptr;
  std::shared_ptr<const model::ConversationsView> view;
  TransmissionId chosen;
  Time time;
  std::size_t shown = SIZE_MAX;  ///< which conversation the range was set for

  const model::ConversationView& conversation() const { return *view->shown; }
  bool ofOpener() const { return openerSendsMore(conversation().what) != turned->isChecked(); }
};

SequencePlot::SequencePlot(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  m->turned = new QCheckBox(this);
  m->turned->setObjectName(QStringLiteral("sequenceTurned"));
  m->plot = new QCustomPlot(this);
  m->plot->setObjectName(QStringLiteral("sequencePlot"));
  m->plot->setMinimumSize(120, 120);
  column->addWidget(m->plot, 1);
  column->addWidget(m->turned);
  QCustomPlot& plot = *m->plot;
  plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot.setNoAntialiasingOnDrag(true);
  plot.legend->setVisible(true);
  plot.legend->setFillOrder(QCPLegend::foColumnsFirst);
  plot.legend->setWrap(3);
  plot.plotLayout()->addElement(1, 0, plot.legend);
  plot.plotLayout()->setRowStretchFactor(1, 0.001);
  m->window = addSteps(plot, plot.xAxis, plot.yAxis, {});
  m->acknowledged = addSteps(plot, plot.xAxis, plot.yAxis, {});
  m->selective = plot.addGraph();
  m->data = plot.addGraph();
  m->again = plot.addGraph();
  m->lost = plot.addGraph();
  m->lost->setLineStyle(QCPGraph::lsNone);
  m->now = new QCPItemStraightLine(&plot);
  m->selected = new QCPItemTracer(&plot);
  m->selected->setStyle(QCPItemTracer::tsCircle);
  m->selected->setSize(14);
  connect(m->turned, &QCheckBox::toggled, this, [this] {
    m->shown = SIZE_MAX;
    draw();
  });
  connect(m->plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
    if (const lens::Message* message = messageAt(event->position())) emit packetChosen(message->id);
  });
  connect(m->plot, &QCustomPlot::mouseDoubleClick, this, [this](QMouseEvent* event) {
    const lens::Message* message = messageAt(event->position());
    if (!message) {
      m->shown = SIZE_MAX;  // the whole again
      return draw();
    }
    const auto& conversation = m->conversation();
    emit momentChosen(conversation.beats[static_cast<std::size_t>(message - conversation.what.messages.data())]);
  });
}

SequencePlot::~SequencePlot() = default;

void SequencePlot::setValue(const std::shared_ptr<const model::ConversationsView>& view, TransmissionId selected, Time now) {
  m->view = view;
  m->chosen = selected;
  m->time = now;
  draw();
}

void SequencePlot::draw() {
  if (!m->view || !m->view->shown || m->conversation().what.kind != lens::Conversation::Kind::Tcp) return;
  const lens::Conversation& what = m->conversation().what;
  const bool opener = m->ofOpener();
  Strokes once, again, selective;
  QVector<double> lostX, lostY, ackX, ackY, edgeX, edgeY;
  double last = 0, most = 1;
  m->selected->setVisible(false);
  for (const lens::Message& one : what.messages) {
    const double at = secondsOf(one.sent);
    last = std::max(last, at);
    if (one.byOpener == opener) {
      const auto from = static_cast<double>(one.sequence), to = static_cast<double>(one.end());
      if (one.end() == one.sequence) continue;
      (one.again ? again : once).add(at, from, to);
      most = std::max(most, to);
      if (one.isLost()) lostX += at, lostY += (from + to) / 2;
      if (one.id == m->chosen) {
        m->selected->position->setCoords(at, (from + to) / 2);
        m->selected->setVisible(true);
      }
    } else if (one.arrived != kNever && (one.flags & tcp::kAck) != 0) {
      const double heard = secondsOf(one.arrived);
      last = std::max(last, heard);
      // An ACK that was overtaken says nothing new.
      if (ackX.isEmpty() || heard >= ackX.back()) {
        ackX += heard;
        ackY += std::max(ackY.isEmpty() ? 0.0 : ackY.back(), static_cast<double>(one.acknowledgment));
        edgeX += heard;
        edgeY += static_cast<double>(one.acknowledgment + one.window);
      }
      for (const auto& block : one.selective) selective.add(heard, static_cast<double>(block[0]), static_cast<double>(block[1]));
    }
  }
  last = std::max(last, std::min(secondsOf(m->time), last * 1.05 + 1e-3));
  if (!ackX.isEmpty()) {
    ackX += last;
    ackY += ackY.back();
    edgeX += last;
    edgeY += edgeY.back();
  }
  m->data->setData(once.x, once.y, true);
  m->again->setData(again.x, again.y, true);
  m->selective->setData(selective.x, selective.y, false);
  m->lost->setData(lostX, lostY, false);
  m->acknowledged->setData(ackX, ackY, true);
  m->window->setData(edgeX, edgeY, true);
  const double now = secondsOf(m->time);
  m->now->point1->setCoords(now, 0);
  m->now->point2->setCoords(now, 1);
  if (m->shown != m->view->shown->index || !m->plot->hasFocus()) {
    const double first = what.messages.empty() ? 0 : secondsOf(what.messages.front().sent);
    setAiryRange(*m->plot->xAxis, first, last);
    setAiryRange(*m->plot->yAxis, 0, most);
    m->shown = m->view->shown->index;
  }
  retranslate();
}

const lens::Message* SequencePlot::messageAt(const QPointF& where) const {
  constexpr double kNear = 8;
  if (!m->view || !m->view->shown) return nullptr;
  const bool opener = m->ofOpener();
  const lens::Message* best = nullptr;
  double nearest = kNear;
  for (const lens::Message& one : m->conversation().what.messages) {
    if (one.byOpener != opener || one.end() == one.sequence) continue;
    const double x = m->plot->xAxis->coordToPixel(secondsOf(one.sent));
    const double top = m->plot->yAxis->coordToPixel(static_cast<double>(one.end()));
    const double bottom = m->plot->yAxis->coordToPixel(static_cast<double>(one.sequence));
    const double dy = where.y() < top ? top - where.y() : where.y() > bottom ? where.y() - bottom : 0;
    const double away = std::hypot(where.x() - x, dy);
    if (away < nearest) nearest = away, best = &one;
  }
  return best;
}

void SequencePlot::retranslate() {
  const PlotColors colors = plotColors();
  dress(*m->plot);
  m->plot->xAxis->setLabel(tr("Time (s)"));
  m->plot->yAxis->setLabel(tr("Sequence number (bytes)"));
  m->data->setName(tr("Segment"));
  m->again->setName(tr("Sent again"));
  m->lost->setName(tr("Lost"));
  m->acknowledged->setName(tr("Acknowledged"));
  m->selective->setName(tr("SACK"));
  m->window->setName(tr("Edge of the window"));
  m->data->setPen(QPen(colors.data, 2.5));
  m->again->setPen(QPen(colors.again, 3.5));
  m->selective->setPen(QPen(colors.selective, 2, Qt::DotLine));
  m->acknowledged->setPen(QPen(colors.acknowledged, 1.6));
  m->window->setPen(QPen(colors.window, 1.2, Qt::DashLine));
  m->lost->setPen(QPen(kit::theme().bad, 2));
  m->lost->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCross, QPen(kit::theme().bad, 2), Qt::NoBrush, 11));
  m->now->setPen(QPen(kit::theme().accent, 1));
  m->selected->setPen(QPen(kit::theme().accent, 2));
  m->plot->setAccessibleName(tr("Time and sequence numbers"));
  m->turned->setText(tr("The other direction"));
  if (m->view && m->view->shown) {
    const auto& what = m->conversation().what;
    const bool opener = m->ofOpener();
    m->plot->setAccessibleDescription(tr("Data from %1 to %2").arg(shortName(opener ? what.opener : what.answerer), shortName(opener ? what.answerer : what.opener)));
  }
  m->plot->replot(QCustomPlot::rpQueuedReplot);
}

void SequencePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) retranslate();
}

}  // namespace hw::conversation
