#include "ui/workbench/start_page.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>

#include "core/project/file.h"
#include "ui/kit/fonts.h"

namespace hw::workbench {
namespace {

constexpr int kWidth = 760;

/// The title of a network, or its name where it has none.
QString titleOf(const QString& path, Language language) {
  const auto loaded = project::loadFile(path.toStdString());
  const QString name = QFileInfo(path).fileName();
  if (!loaded || loaded->document.title.empty()) return name;
  return QString::fromStdString(loaded->document.title.in(language));
}

}  // namespace

StartPage::StartPage(QAction* create, QAction* open, QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_recentTitle(new QLabel(this)),
      m_sampleTitle(new QLabel(this)),
      m_recent(new QListWidget(this)),
      m_samples(new QListWidget(this)) {
  setObjectName(QStringLiteral("startPage"));
  for (QAction* action : {create, open}) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Start"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize({24, 24});
    m_buttons.append(button);
  }
  build();
  for (QListWidget* list : {m_recent, m_samples}) {
    connect(list, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) { emit chosen(item->data(Qt::UserRole).toString()); });
    connect(list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { emit chosen(item->data(Qt::UserRole).toString()); });
  }
  retranslate();
}

void StartPage::build() {
  m_recent->setObjectName(QStringLiteral("recentFiles"));
  m_samples->setObjectName(QStringLiteral("samples"));
  QFont big = kit::textFont(kit::TextSize::Title, true);
  big.setPointSizeF(18);
  m_title->setFont(big);
  for (QLabel* label : {m_recentTitle, m_sampleTitle}) label->setFont(kit::textFont(kit::TextSize::Title, true));
  auto* outer = new QGridLayout(this);
  auto* middle = new QWidget(this);
  middle->setMaximumWidth(kWidth);
  outer->addWidget(middle, 1, 1);
  outer->setColumnStretch(0, 1);
  outer->setColumnStretch(1, 8);
  outer->setColumnStretch(2, 1);
  auto* grid = new QGridLayout(middle);
  grid->setHorizontalSpacing(24);
  grid->setVerticalSpacing(10);
  grid->addWidget(m_title, 0, 0, 1, 2);
  auto* row = new QHBoxLayout;
  for (QToolButton* button : m_buttons) row->addWidget(button);
  row->addStretch(1);
  grid->addLayout(row, 2, 0, 1, 2);
  grid->addWidget(m_sampleTitle, 3, 0);
  grid->addWidget(m_recentTitle, 3, 1);
  grid->addWidget(m_samples, 4, 0);
  grid->addWidget(m_recent, 4, 1);
}

void StartPage::fill(QListWidget& list, const QStringList& paths, Language language) {
  list.clear();
  for (const QString& path : paths) {
    auto* item = new QListWidgetItem(titleOf(path, language), &list);
    item->setData(Qt::UserRole, path);
    item->setToolTip(QDir::toNativeSeparators(path));
  }
}

void StartPage::setValue(const QStringList& recent, const QString& samples, Language language) {
  QStringList there;
  for (const QString& path : recent)
    if (QFileInfo::exists(path)) there += path;
  fill(*m_recent, there, language);
  QStringList lessons;
  const QDir folder(samples);
  if (!samples.isEmpty())
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
      if (QFileInfo::exists(folder.filePath(name) + QStringLiteral("/network.yaml"))) lessons += folder.filePath(name);
  fill(*m_samples, lessons, language);
}

void StartPage::retranslate() {
  m_title->setText(tr("See networks work, hop by hop."));
  m_recentTitle->setText(tr("Recent networks"));
  m_sampleTitle->setText(tr("Lessons and samples"));
  m_recent->setAccessibleName(m_recentTitle->text());
  m_samples->setAccessibleName(m_sampleTitle->text());
}

void StartPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::workbench
