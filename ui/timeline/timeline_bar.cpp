#include "ui/timeline/timeline_bar.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include "ui/kit/fonts.h"
#include "ui/model/time_text.h"
#include "ui/timeline/player.h"

namespace hw::timeline {

constexpr double kSpeeds[] = {0.25, 0.5, 1, 2, 4, 8};
constexpr int kNormalSpeed = 2;

struct TimelineBar::Impl {
  QSlider* slider = nullptr;
  QComboBox* speed = nullptr;
  QLabel* beat = nullptr;
  QLabel* clock = nullptr;
  model::SnapshotPtr snapshot;
};

TimelineBar::TimelineBar(Player& player, const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent), m(std::make_unique<Impl>()) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 5, 10, 5);
  row->setSpacing(4);
  for (QAction* action : actions) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAutoRaise(true);
    button->setIconSize({22, 22});
    row->addWidget(button);
  }
  m->slider = new QSlider(Qt::Horizontal, this);
  m->slider->setObjectName(QStringLiteral("seekSlider"));
  m->slider->setMinimumWidth(80);
  m->speed = new QComboBox(this);
  m->speed->setObjectName(QStringLiteral("speedBox"));
  for (const double speed : kSpeeds) m->speed->addItem(QStringLiteral("%1×").arg(speed), speed);
  m->speed->setCurrentIndex(kNormalSpeed);
  m->beat = new QLabel(this);
  m->beat->setObjectName(QStringLiteral("beatLabel"));
  m->clock = new QLabel(this);
  m->clock->setObjectName(QStringLiteral("clockLabel"));
  m->clock->setFont(kit::monoFont());
  m->clock->setMinimumWidth(m->clock->fontMetrics().horizontalAdvance(QStringLiteral("000.000 000 000 s")));
  m->clock->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addSpacing(6);
  row->addWidget(m->slider, 1);
  row->addSpacing(6);
  row->addWidget(m->beat);
  row->addSpacing(6);
  row->addWidget(m->clock);
  row->addSpacing(6);
  row->addWidget(m->speed);
  connect(m->slider, &QSlider::valueChanged, this,
          [&player](int beat) { player.seek(static_cast<std::size_t>(beat)); });
  connect(m->speed, &QComboBox::currentIndexChanged, this,
          [this, &player] { player.setSpeed(m->speed->currentData().toDouble()); });
  retranslate();
}

TimelineBar::~TimelineBar() = default;

void TimelineBar::setValue(const model::SnapshotPtr& snapshot) {
  m->snapshot = snapshot;
  if (!m->slider->isSliderDown()) {
    const QSignalBlocker quiet(m->slider);
    m->slider->setRange(0, static_cast<int>(std::max(snapshot->beats, snapshot->beat)));
    m->slider->setValue(static_cast<int>(snapshot->beat));
  }
  m->slider->setEnabled(snapshot->beats > 0);
  m->clock->setText(model::timeText(snapshot->time));
  m->beat->setText(tr("Beat %1 of %2").arg(snapshot->beat).arg(snapshot->beats));
}

QString TimelineBar::clockText() const { return m->clock->text(); }
QString TimelineBar::beatText() const { return m->beat->text(); }

void TimelineBar::retranslate() {
  m->slider->setToolTip(tr("Drag to any beat that has been played"));
  m->slider->setAccessibleName(tr("Beat"));
  m->speed->setToolTip(tr("How fast beats follow each other"));
  m->speed->setAccessibleName(tr("Speed"));
  m->clock->setToolTip(tr("Virtual time: the clock of the simulated network"));
  m->beat->setToolTip(tr("A beat is a moment at which something happens"));
  if (m->snapshot) setValue(m->snapshot);
}

void TimelineBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::timeline
