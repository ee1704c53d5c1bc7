#include "ui/lesson/lesson_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/kit/elided_label.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/lesson/step_bar.h"
#include "ui/lesson/step_view.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

constexpr int kTall = 860;
constexpr qreal kPoints = 11.5, kLargePoints = 13;

struct LessonPage::Impl {
  lesson::LessonPtr lesson;
  lesson::Progress progress;
  Language language = Language::English;
  lesson::Findings findings;
  std::uint64_t network = 0;
  std::uint64_t events = 0;
  kit::ThemeId themeShown = kit::ThemeId::Light;

  kit::ElidedLabel* title = nullptr;
  StepBar* steps = nullptr;
  QScrollArea* scroll = nullptr;
  StepView* view = nullptr;
  QPushButton* back = nullptr;
  QLabel* how = nullptr;
  QPushButton* next = nullptr;

  const lesson::Script& script() const { return lesson->script(language); }
  const lesson::Step& step() const { return script().steps[progress.step]; }
};

LessonPage::LessonPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  build();
  retranslate();
}
LessonPage::~LessonPage() = default;

bool LessonPage::hasLesson() const { return m->lesson != nullptr; }
const lesson::Progress& LessonPage::progress() const { return m->progress; }

void LessonPage::build() {
  m->title = new kit::ElidedLabel(this);
  m->title->setObjectName(QStringLiteral("lessonTitle"));
  m->steps = new StepBar(this);
  m->scroll = new QScrollArea(this);
  m->scroll->setObjectName(QStringLiteral("lessonStep"));
  m->scroll->setWidgetResizable(true);
  m->scroll->setFrameShape(QFrame::NoFrame);
  m->scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusProxy(m->scroll);  // the keys of the arrows scroll it
  m->back = new QPushButton(this);
  m->back->setObjectName(QStringLiteral("lessonBack"));
  m->how = new QLabel(this);
  m->how->setObjectName(QStringLiteral("lessonHow"));
  m->how->setAlignment(Qt::AlignCenter);
  m->next = new QPushButton(this);
  m->next->setObjectName(QStringLiteral("lessonNext"));
  auto* head = new QVBoxLayout;
  head->setContentsMargins(18, 10, 18, 8);
  head->setSpacing(8);
  head->addWidget(m->title);
  head->addWidget(m->steps);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(14, 8, 14, 8);
  foot->addWidget(m->back);
  foot->addWidget(m->how, 1);
  foot->addWidget(m->next);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(m->scroll, 1);
  column->addLayout(foot);
  connect(m->steps, &StepBar::stepChosen, this, &LessonPage::goToStep);
  connect(m->back, &QPushButton::clicked, this, &LessonPage::previousStep);
  connect(m->next, &QPushButton::clicked, this, &LessonPage::nextStep);
}

void LessonPage::setLesson(lesson::LessonPtr lesson, lesson::Progress progress) {
  // The cards point into the lesson that goes.
  delete m->scroll->takeWidget();
  m->view = nullptr;
  m->lesson = std::move(lesson);
  m->progress = std::move(progress);
  m->findings.clear();
  if (!m->lesson) return;
  if (m->progress.step >= m->script().steps.size()) m->progress.step = 0;
  lesson::networkOpened(m->progress);
  rebuildStep();
  emit watchesWanted(lesson::watchesOf(m->step(), m->progress));
}

void LessonPage::setLanguage(Language language) {
  if (m->language == language) return;
  m->language = language;
  rebuildStep();
}

void LessonPage::setValue(const model::SnapshotPtr& snapshot) {
  m->events = snapshot->events;
  if (!m->lesson) return;
  if (snapshot->network != m->network) {
    m->network = snapshot->network;
    lesson::networkOpened(m->progress);
    m->findings.clear();
    emit watchesWanted(lesson::watchesOf(m->step(), m->progress));
  }
  const bool news = snapshot->findings && *snapshot->findings != m->findings;
  if (!news) return;
  m->findings = *snapshot->findings;
  if (lesson::takeFindings(m->step(), m->findings, m->progress)) changedBy(true);
  else showState();
}

void LessonPage::rebuildStep() {
  if (!m->lesson) return;
  const int at = m->scroll->verticalScrollBar()->value();
  m->themeShown = kit::theme().id;
  // A button that waits for a choice has to be read all the same.
  setStyleSheet(QStringLiteral("QPushButton{padding:5px 12px}QPushButton:disabled{color:%1}").arg(kit::theme().mutedInk.name()));
  delete m->scroll->takeWidget();
  m->view = new StepView(m->step(), m->progress.step, m->scroll);
  connect(m->view, &StepView::commandWanted, this, &LessonPage::commandWanted);
  connect(m->view, &StepView::predictionLocked, this, &LessonPage::lock);
  connect(m->view, &StepView::quizAnswered, this, &LessonPage::take);
  connect(m->view, &StepView::hintWanted, this, [this] {
    ++m->progress.hints[m->progress.step];
    changedBy(false);
  });
  showState();
  m->scroll->setWidget(m->view);
  m->scroll->verticalScrollBar()->setValue(at);
}

void LessonPage::showState() {
  if (!m->lesson || !m->view) return;
  const lesson::Script& script = m->script();
  m->view->showState({m->step(), m->progress, m->findings});
  m->title->setText(QString::fromStdString(script.meta.title));
  m->steps->showSteps(script, m->progress);
  const bool last = m->progress.step + 1 == script.steps.size();
  const std::size_t done = lesson::doneSteps(script, m->progress);
  m->back->setEnabled(m->progress.step > 0);
  m->next->setEnabled(!last);
  const bool stepDone = lesson::isDone(script, m->progress.step, m->progress);
  m->how->setText(done == script.steps.size() ? tr("✓ The lesson is done")
                                              : tr("%1 of %2 steps done").arg(done).arg(script.steps.size()));
  m->how->setStyleSheet(QStringLiteral("color:%1").arg((stepDone ? kit::theme().good : kit::theme().mutedInk).name()));
  m->next->setStyleSheet(stepDone && !last ? QStringLiteral("QPushButton{background:%1;color:%2;font-weight:bold;padding:5px 14px;"
                                                            "border:1px solid %1;border-radius:4px}")
                                                 .arg(kit::theme().accent.name(), kit::theme().accentInk.name())
                                           : QString());
}

/// Tells of what the learner has done, and asks for what has to be looked at now.
void LessonPage::changedBy(bool watchesChange) {
  showState();
  emit progressChanged(m->progress);
  if (watchesChange) emit watchesWanted(lesson::watchesOf(m->step(), m->progress));
}

void LessonPage::lock(const QString& id, int choice) {
  for (const lesson::Block& block : m->step().blocks) {
    if (block.id != id.toStdString()) continue;
    lesson::lockPrediction(block, static_cast<std::size_t>(choice), m->events, m->progress);
    changedBy(true);
    emit commandWanted(QString::fromStdString(block.command.device), QString::fromStdString(block.command.line));
    return;
  }
}

void LessonPage::take(const QString& id, const QList<int>& choices) {
  if (!m->lesson || choices.isEmpty()) return;
  for (const lesson::Block& block : m->step().blocks) {
    if (block.id != id.toStdString()) continue;
    if (block.kind == lesson::BlockKind::Predict) return lock(id, choices.front());
    if (block.kind != lesson::BlockKind::Quiz) return;
    lesson::answerQuiz(block, std::vector<std::size_t>(choices.begin(), choices.end()), m->progress);
    return changedBy(false);
  }
}

void LessonPage::goToStep(int step) {
  if (!m->lesson || step < 0 || step >= static_cast<int>(m->script().steps.size())) return;
  if (static_cast<std::size_t>(step) == m->progress.step + 1) m->progress.read.insert(m->progress.step);
  m->progress.step = static_cast<std::size_t>(step);
  rebuildStep();
  m->scroll->verticalScrollBar()->setValue(0);
  changedBy(true);
}

void LessonPage::nextStep() { goToStep(static_cast<int>(m->progress.step) + 1); }
void LessonPage::previousStep() { goToStep(static_cast<int>(m->progress.step) - 1); }

void LessonPage::startOver() {
  if (!m->lesson) return;
  m->progress = lesson::freshProgress(*m->lesson);
  rebuildStep();
  m->scroll->verticalScrollBar()->setValue(0);
  changedBy(true);
}

void LessonPage::retranslate() {
  m->back->setText(tr("Back"));
  m->next->setText(tr("Next"));
  m->back->setAccessibleName(tr("To the step before"));
  m->next->setAccessibleName(tr("To the next step"));
  m->scroll->setAccessibleName(tr("The step of the lesson"));
  m->title->setFont(kit::textFont(kit::TextSize::Small, true));
}

/// On a large screen, which many look at, the letters are larger.
void LessonPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (setLessonPoints(height() >= kTall ? kLargePoints : kPoints)) rebuildStep();
}

void LessonPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) {
    retranslate();
    rebuildStep();
  }
  if (event->type() == QEvent::PaletteChange && m->themeShown != kit::theme().id) {
    m->themeShown = kit::theme().id;
    // Not now: the application goes through all widgets to style them, and the old step is one of them.
    QMetaObject::invokeMethod(this, &LessonPage::rebuildStep, Qt::QueuedConnection);
  }
}

}  // namespace hw::lesson_page
