#include "ui/workbench/start_page.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include "core/lesson/lesson.h"
#include "core/project/file.h"
#include "ui/kit/fonts.h"
#include "ui/workbench/start_list.h"

namespace hw::workbench {
namespace {

constexpr int kWidth = 920;

/// The title of a network, or its name where it has none.
QString titleOf(const QString& path, Language language) {
  const auto loaded = project::loadFile(path.toStdString());
  const QString name = QFileInfo(path).fileName();
  if (!loaded || loaded->document.title.empty()) return name;
  return QString::fromStdString(loaded->document.title.in(language));
}

/// Null: no lesson, or one that cannot be used.
lesson::LessonPtr lessonIn(const QString& path) {
  if (!lesson::isLesson(path.toStdString())) return nullptr;
  const auto loaded = lesson::loadLesson(path.toStdString());
  return loaded ? *loaded : nullptr;
}

}  // namespace

StartPage::StartPage(QAction* create, QAction* open, QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_recentTitle(new QLabel(this)),
      m_sampleTitle(new QLabel(this)),
      m_noRecent(new QLabel(this)),
      m_recent(new StartList(QStringLiteral("recentFiles"), this)),
      m_samples(new StartList(QStringLiteral("samples"), this)) {
  setObjectName(QStringLiteral("startPage"));
  for (QAction* action : {create, open}) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Start"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize({24, 24});
    button->setMinimumHeight(40);
    m_buttons.append(button);
  }
  build();
  for (StartList* list : {m_recent, m_samples}) connect(list, &StartList::chosen, this, &StartPage::chosen);
  retranslate();
}

void StartPage::build() {
  QFont big = kit::textFont(kit::TextSize::Title, true);
  big.setPointSizeF(20);
  m_title->setFont(big);
  m_noRecent->setWordWrap(true);
  m_noRecent->setForegroundRole(QPalette::PlaceholderText);
  for (QLabel* label : {m_recentTitle, m_sampleTitle}) label->setFont(kit::textFont(kit::TextSize::Title, true));
  auto* outer = new QGridLayout(this);
  auto* middle = new QWidget(this);
  middle->setMaximumWidth(kWidth);
  outer->addWidget(middle, 1, 1);
  outer->setColumnStretch(0, 1);
  outer->setColumnStretch(1, 8);
  outer->setColumnStretch(2, 1);
  outer->setRowStretch(0, 1);
  outer->setRowStretch(1, 6);
  outer->setRowStretch(2, 1);
  auto* grid = new QGridLayout(middle);
  grid->setHorizontalSpacing(28);
  grid->setVerticalSpacing(10);
  grid->addWidget(m_title, 0, 0, 1, 2);
  auto* row = new QHBoxLayout;
  row->setSpacing(10);
  row->setContentsMargins(0, 8, 0, 18);
  for (QToolButton* button : m_buttons) row->addWidget(button);
  row->addStretch(1);
  grid->addLayout(row, 2, 0, 1, 2);
  grid->addWidget(m_sampleTitle, 3, 0);
  grid->addWidget(m_recentTitle, 3, 1);
  grid->addWidget(m_samples, 4, 0);
  grid->addWidget(m_recent, 4, 1);
  grid->addWidget(m_noRecent, 4, 1, Qt::AlignTop);
  for (const int column : {0, 1}) grid->setColumnStretch(column, 1);
}

void StartPage::setValue(const QStringList& recent, const QString& samples, Language language) {
  m_recentPaths = recent;
  m_sampleFolder = samples;
  m_language = language;
  fill();
}

void StartPage::setLanguage(Language language) {
  if (m_language == language) return;
  m_language = language;
  fill();
}

void StartPage::fill() {
  m_recent->clear();
  m_samples->clear();
  for (const QString& path : m_recentPaths)
    if (QFileInfo::exists(path)) m_recent->add(titleOf(path, m_language), QDir::toNativeSeparators(path), path);
  const QDir folder(m_sampleFolder);
  for (const QString& name : m_sampleFolder.isEmpty() ? QStringList() : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    const QString path = folder.filePath(name);
    if (const auto lesson = lessonIn(path)) {
      const lesson::Meta& meta = lesson->script(m_language).meta;
      m_samples->add(QString::fromStdString(meta.title), meta.minutes > 0 ? tr("Lesson, about %1 minutes").arg(meta.minutes) : tr("Lesson"), path);
    } else if (QFileInfo::exists(path + QStringLiteral("/network.yaml"))) {
      m_samples->add(titleOf(path, m_language), QDir::toNativeSeparators(path), path);
    }
  }
  m_recent->setVisible(m_recent->count() > 0);
  m_noRecent->setVisible(m_recent->count() == 0);
}

void StartPage::retranslate() {
  m_title->setText(tr("See networks work, hop by hop."));
  m_recentTitle->setText(tr("Recent networks"));
  m_sampleTitle->setText(tr("Lessons and samples"));
  m_noRecent->setText(tr("Networks that you open or save will be listed here."));
  m_recent->setAccessibleName(m_recentTitle->text());
  m_samples->setAccessibleName(m_sampleTitle->text());
}

void StartPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::workbench
