#include "ui/canvas/canvas_view.h"

#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/canvas_view_parts.h"
#include "ui/canvas/node_item.h"
#include "ui/canvas/note_item.h"
#include "ui/kit/fonts.h"
#include "ui/kit/protocol_look.h"
#include "ui/kit/theme.h"

namespace hw::canvas {

constexpr int kFrameMs = 16;
constexpr std::size_t kCalloutsPerFrame = 2, kAllCallouts = SIZE_MAX;
constexpr qreal kLeastZoom = 0.2, kMostZoom = 4;
/// Room around the outermost devices for their names, addresses and callouts, at detail 1.
constexpr QMarginsF kRoom(66, 52, 66, 92);

double CanvasView::Impl::moment() const {
  if (milliseconds <= 0) return to;
  const double share = std::clamp(static_cast<double>(clock.elapsed()) / milliseconds, 0.0, 1.0);
  return from + (to - from) * share;
}

/// Callouts belong to the beat that is nearer.
const model::Snapshot& CanvasView::Impl::nearer(double at) const {
  return before && std::abs(at - from) < std::abs(at - to) ? *before : *snapshot;
}

namespace {

double momentOf(const model::Snapshot& snapshot) { return static_cast<double>(snapshot.beat) - 1; }

/// The flights of both beats, those of the later answer first.
std::vector<lens::Flight> both(const model::Snapshot& before, const model::Snapshot& after) {
  std::vector<lens::Flight> flights = after.flights;
  std::set<TransmissionId> known;
  for (const lens::Flight& one : after.flights) known.insert(one.id);
  for (const lens::Flight& old : before.flights)
    if (!known.contains(old.id)) flights.push_back(old);
  return flights;
}

}  // namespace

CanvasView::CanvasView(QWidget* parent) : QGraphicsView(parent), m(std::make_unique<Impl>()) {
  setScene(&m->scene);
  m->hint = new EmptyHint(this);
  setViewportUpdateMode(NoViewportUpdate);
  setFrameShape(NoFrame);
  setTransformationAnchor(AnchorUnderMouse);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setDragMode(NoDrag);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(320, 200);
  setAcceptDrops(true);
  setMouseTracking(true);
  exposeCanvas();
  m->timer.setInterval(kFrameMs);
  m->timer.setTimerType(Qt::PreciseTimer);
  connect(&m->timer, &QTimer::timeout, this, &CanvasView::advance);
  connect(&m->scene, &QGraphicsScene::changed, this, [this] {
    m->stale = true;
    viewport()->update();
  });
}

CanvasView::~CanvasView() { setScene(nullptr); }

void CanvasView::show(const model::SnapshotPtr& snapshot, int milliseconds) {
  const model::SnapshotPtr old = m->snapshot;
  const bool anew = !old || old->network != snapshot->network;
  if (isMoving() && !anew && snapshot->beat == old->beat) {  // selected something meanwhile
    m->snapshot = snapshot;
  } else {
    m->timer.stop();
    const double goal = momentOf(*snapshot);
    const bool near = !anew && std::abs(goal - momentOf(*old)) == 1 && milliseconds > 0;
    m->before = near ? old : nullptr;
    m->from = near ? momentOf(*old) : goal;
    m->to = goal;
    m->milliseconds = near ? milliseconds : 0;
    m->snapshot = snapshot;
    m->flights = near ? both(*old, *snapshot) : snapshot->flights;
    m->clock.start();
    if (near) m->timer.start();
  }
  const std::size_t spaces = m->scene.spaces();
  m->scene.setValue(*snapshot, m->language);
  const bool grown = m->fitted && m->scene.spaces() > spaces;  // who sees the whole goes on seeing it
  const project::Document& document = snapshot->draft->document;
  m->hint->setVisible(document.nodes.empty() && document.notes.empty());
  if (anew) m->selection = {}, m->legendRows = 0, m->legend.clear();
  dropSelectionOfWhatIsGone();
  if (old && !anew && snapshot->device != old->device) followDevice();
  m->mark();
  if (anew || grown) fit();
  m->toldBeat.reset();
  viewport()->update();  // the scene itself tells when the still part has changed
  if (!isMoving()) emit arrived();
}

void CanvasView::setLanguage(Language language) {
  m->language = language;
  if (m->snapshot) m->scene.setValue(*m->snapshot, language);
}

Language CanvasView::language() const { return m->language; }

bool CanvasView::isMoving() const { return m->timer.isActive(); }

void CanvasView::finishMoving() {
  if (!isMoving()) return;
  m->timer.stop();
  m->milliseconds = 0;
  m->before = nullptr;
  m->flights = m->snapshot->flights;
  viewport()->update();
  emit arrived();
}

void CanvasView::advance() {
  if (m->clock.elapsed() >= m->milliseconds) finishMoving();
  else viewport()->update();
}

double CanvasView::moment() const { return m->moment(); }

QPoint CanvasView::pointOf(project::NodeKey key) const {
  const NodeItem* node = m->scene.node(key);
  return node ? mapFromScene(node->pos()) : QPoint();
}

std::vector<PacketSpot> CanvasView::packetSpots() const {
  return PacketPainter::spots(m->flights, m->moment(), m->scene, viewportTransform());
}

std::size_t CanvasView::calloutCount() const {
  return m->snapshot ? m->nearer(m->moment()).happenings.size() : 0;
}

QPoint CanvasView::devicePoint(DeviceId device) const {
  const NodeItem* node = m->scene.node(device);
  return node ? mapFromScene(node->pos()) : QPoint();
}

void CanvasView::setZoom(qreal zoom) {
  const qreal bounded = std::clamp(zoom, kLeastZoom, kMostZoom);
  setTransform(QTransform::fromScale(bounded, bounded));
  m->scene.setZoom(bounded);
  m->stale = true;
  viewport()->update();
}

void CanvasView::fit() {
  const QRectF places = m->scene.places();
  if (places.isNull()) {
    setZoom(1);
    m->scene.setSceneRect(-3600, -3700, 8000, 8000);
    centerOn(400, 300);
    m->fitted = true;
    return;
  }
  qreal zoom = 1;
  for (int round = 0; round < 4; ++round) {  // the room depends on the detail, that on the zoom
    const qreal detail = NetworkScene::detailAt(zoom);
    zoom = std::min((viewport()->width() - (kRoom.left() + kRoom.right()) * detail) / places.width(),
                    (viewport()->height() - (kRoom.top() + kRoom.bottom()) * detail) / places.height());
    zoom = std::clamp(zoom, kLeastZoom, 1.6);
  }
  setZoom(zoom);
  const qreal detail = m->scene.detail();
  const QRectF all = places.adjusted(-kRoom.left() * detail / zoom, -kRoom.top() * detail / zoom,
                                     kRoom.right() * detail / zoom, kRoom.bottom() * detail / zoom);
  const qreal slack = 4000;
  m->scene.setSceneRect(all.adjusted(-slack, -slack, slack, slack));
  centerOn(all.center());
  m->fitted = true;
}

void CanvasView::zoomToActualSize() {
  setZoom(1);
  m->fitted = false;
}

void CanvasView::showGrid(bool shown) {
  m->showGrid = shown;
  m->stale = true;
  viewport()->update();
}

void CanvasView::zoomBy(qreal factor) {
  setZoom(transform().m11() * factor);
  m->fitted = false;
}

void CanvasView::paintStill() {
  const qreal ratio = viewport()->devicePixelRatioF();
  if (m->still.size() != viewport()->size() * ratio) m->still = QPixmap(viewport()->size() * ratio);
  m->still.setDevicePixelRatio(ratio);
  m->still.fill(kit::theme().canvas);
  QPainter painter(&m->still);
  painter.setPen(QPen(kit::theme().grid, 1.6));
  qreal gap = 2 * kGrid * transform().m11();
  while (gap < 18) gap *= 2;
  const QPointF origin = viewportTransform().map(QPointF());
  for (qreal x = std::fmod(origin.x(), gap); m->showGrid && x < viewport()->width(); x += gap)
    for (qreal y = std::fmod(origin.y(), gap); y < viewport()->height(); y += gap)
      painter.drawPoint(QPointF(x, y));
  render(&painter, QRectF(viewport()->rect()), viewport()->rect());
  m->boxes.reset();
  m->toldBeat.reset();
  m->stale = false;
}

/// Which colour and shape is which protocol: those that have been seen.
void CanvasView::paintLegend(QPainter& painter) const {
  if (!m->snapshot) return;
  const qreal height = 17;
  qreal x = 12;
  const auto& rows = *m->snapshot->packets;
  if (rows.size() < m->legendRows) m->legendRows = 0, m->legend.clear();
  for (; m->legendRows < rows.size(); ++m->legendRows) m->legend.insert(rows[m->legendRows].line.protocol);
  for (const QString& protocol : kit::knownProtocols()) {
    if (!m->legend.contains(protocol.toStdString())) continue;
    kit::paintBadge(painter, QRectF(x, 10, 40, height), protocol);
    x += 48;
  }
}

/// What the bands along the cables mean, in the lower left corner.
void CanvasView::paintDomains(QPainter& painter) const {
  constexpr std::size_t kMostRows = 12;
  const auto& domains = m->snapshot->domains;
  const Text& title = lens::nameOf(*m->snapshot->domainKind);
  const QString head = QStringLiteral("%1: %2").arg(QString::fromUtf8(title.in(m->language).data(), qsizetype(title.in(m->language).size()))).arg(domains.size());
  const QFont bold = kit::textFont(kit::TextSize::Normal, true), plain = kit::textFont(kit::TextSize::Normal);
  const QFontMetricsF metrics(bold);
  const std::size_t rows = std::min(domains.size(), kMostRows);
  std::vector<QString> names;
  qreal width = metrics.horizontalAdvance(head);
  for (std::size_t i = 0; i < rows; ++i) {
    const QString number = QString::number(i + 1), name = QString::fromStdString(domains[i].name);
    names.push_back(name == number ? number : number + QStringLiteral("  ") + name);
    width = std::max(width, 34 + metrics.horizontalAdvance(names.back()));
  }
  if (rows < domains.size()) names.push_back(QStringLiteral("…"));
  const qreal line = metrics.height() + 3;
  QRectF box(12, 0, width + 20, line * static_cast<qreal>(names.size() + 1) + 12);
  box.moveBottom(viewport()->height() - 12);
  QColor back = kit::theme().panel;
  back.setAlpha(235);
  painter.setPen(kit::theme().line);
  painter.setBrush(back);
  painter.drawRoundedRect(box, 6, 6);
  QPointF at = box.topLeft() + QPointF(10, 6 + metrics.ascent());
  painter.setFont(bold);
  painter.setPen(kit::theme().ink);
  painter.drawText(at, head);
  painter.setFont(plain);
  for (std::size_t i = 0; i < names.size(); ++i) {
    at += QPointF(0, line);
    if (i < rows) painter.fillRect(QRectF(at.x(), at.y() - metrics.ascent() * 0.65, 24, 8), kit::groupColor(i));
    painter.drawText(at + QPointF(34, 0), names[i]);
  }
}

/// What is told beside the devices; where too much happens at once, only what concerns the selected packet.
std::vector<model::Happening> CanvasView::worthTelling(const model::Snapshot& told) const {
  constexpr std::size_t kMostCallouts = 12;
  if (told.happenings.size() <= kMostCallouts) return told.happenings;
  std::vector<model::Happening> some;
  for (const model::Happening& one : told.happenings)
    if (one.frame == m->snapshot->selected) some.push_back(one);
  return some;
}

const std::vector<QRectF>& CanvasView::boxes() const {
  if (!m->boxes) m->boxes = m->scene.stillBoxes(viewportTransform());
  return *m->boxes;
}

/// The callouts of a beat keep clear of the devices and of the packets as they stand now.
void CanvasView::beginCallouts(const model::Snapshot& told, const std::vector<PacketSpot>& spots) {
  m->toldBeat = told.beat;
  std::vector<model::Happening> happenings = worthTelling(told);
  if (happenings.empty()) return m->told.begin({}, {});
  std::vector<QRectF> avoid = boxes();
  const QSizeF badge = PacketPainter::badgeSize(m->scene.detail());
  for (std::size_t i = 0; i < spots.size() && spots.size() <= PacketPainter::kMaxLabels; ++i) {
    avoid.emplace_back(spots[i].at - QPointF(badge.width() / 2, badge.height() / 2), badge);
    avoid.push_back(spots[i].text);
  }
  m->told.begin(std::move(happenings), std::move(avoid));
}

void CanvasView::paintEvent(QPaintEvent*) {
  if (m->stale || m->still.size() != viewport()->size() * viewport()->devicePixelRatioF()) paintStill();
  QPainter painter(viewport());
  painter.drawPixmap(0, 0, m->still);
  if (!m->snapshot) return;
  paintGesture(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const double at = m->moment();
  const qreal detail = m->scene.detail();
  auto spots = PacketPainter::spots(m->flights, at, m->scene, viewportTransform());
  if (spots.size() <= PacketPainter::kMaxLabels) PacketPainter::placeLabels(spots, boxes(), QRectF(viewport()->rect()).adjusted(6, 6, -6, -6), detail);
  m->packets.paint(painter, spots, m->snapshot->selected, detail);
  const model::Snapshot& told = m->nearer(at);
  if (m->toldBeat != told.beat) beginCallouts(told, spots);
  // While packets move, callouts appear slowly, so that two a frame are soon enough.
  m->told.drawMore(m->scene, viewportTransform(), viewport()->size(), viewport()->devicePixelRatioF(),
                   isMoving() ? kCalloutsPerFrame : kAllCallouts);
  if (const QPixmap& callouts = m->told.picture(); !callouts.isNull()) {
    painter.setOpacity(std::clamp(1.6 - 3.2 * std::abs(at - momentOf(told)), 0.0, 1.0));
    painter.drawPixmap(0, 0, callouts);
    painter.setOpacity(1);
  }
  paintLegend(painter);
  if (m->snapshot && m->snapshot->domainKind) paintDomains(painter);
}

void CanvasView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  if (m->fitted) fit();
  m->stale = true;
}

void CanvasView::wheelEvent(QWheelEvent* event) {
  if (event->modifiers() & Qt::ControlModifier) zoomBy(std::pow(1.0015, event->angleDelta().y()));
  else QGraphicsView::wheelEvent(event);
}

void CanvasView::scrollContentsBy(int dx, int dy) {
  QGraphicsView::scrollContentsBy(dx, dy);
  m->stale = true;
  viewport()->update();
}

void CanvasView::changeEvent(QEvent* event) {
  QGraphicsView::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
    m->packets.forget();
    m->stale = true;
    viewport()->update();
  }
}

}  // namespace hw::canvas
