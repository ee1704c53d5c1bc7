#include "ui/lesson/step_bar.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/kit/theme.h"

namespace hw::lesson_page {
namespace {

QString sheetOf(bool shown, bool done) {
  const kit::Theme& t = kit::theme();
  const QColor ground = shown ? t.accent : t.panel;
  const QColor ink = shown ? t.accentInk : done ? t.good : t.mutedInk;
  const QColor edge = shown ? t.accent : done ? t.good : t.line;
  return QStringLiteral("QToolButton{background:%1;color:%2;border:1px solid %3;border-radius:13px;font-weight:bold}"
                        "QToolButton:focus{border:2px solid %4}")
      .arg(ground.name(), ink.name(), edge.name(), t.ink.name());
}

}  // namespace

StepBar::StepBar(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
}

void StepBar::makeButtons(std::size_t count) {
  while (m_buttons.size() > count) {
    delete m_buttons.back();
    m_buttons.pop_back();
  }
  while (m_buttons.size() < count) {
    auto* button = new QToolButton(this);
    const int step = static_cast<int>(m_buttons.size());
    button->setObjectName(QStringLiteral("step%1").arg(step + 1));
    button->setFixedHeight(26);
    button->setMinimumWidth(26);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, step] { emit stepChosen(step); });
    layout()->addWidget(button);
    m_buttons.push_back(button);
  }
}

void StepBar::showSteps(const lesson::Script& script, const lesson::Progress& progress) {
  makeButtons(script.steps.size());
  for (std::size_t i = 0; i < m_buttons.size(); ++i) {
    const bool done = lesson::isDone(script, i, progress);
    const QString title = QString::fromStdString(script.steps[i].title);
    QToolButton* button = m_buttons[i];
    button->setText(done ? QStringLiteral("✓") : QString::number(i + 1));
    button->setStyleSheet(sheetOf(i == progress.step, done));
    button->setToolTip(title);
    button->setAccessibleName(done ? tr("Step %1, done: %2").arg(i + 1).arg(title) : tr("Step %1: %2").arg(i + 1).arg(title));
  }
}

}  // namespace hw::lesson_page
