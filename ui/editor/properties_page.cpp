#include "ui/editor/properties_page.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/editor/field.h"
#include "ui/editor/link_form.h"
#include "ui/editor/node_form.h"
#include "ui/editor/note_form.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::editor {

struct PropertiesPage::Impl {
  model::SnapshotPtr snapshot;
  Language language = Language::English;
  std::set<project::NodeKey> nodes;
  std::set<project::LinkKey> links;
  std::set<project::NoteKey> notes;

  QLabel* head = nullptr;
  QLabel* troubles = nullptr;
  QStackedWidget* pages = nullptr;
  NodeForm* node = nullptr;
  LinkForm* link = nullptr;
  NoteForm* note = nullptr;
  QWidget* network = nullptr;
  Field* title = nullptr;
  QLabel* hint = nullptr;

  std::size_t count() const { return nodes.size() + links.size() + notes.size(); }
};

PropertiesPage::PropertiesPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(8, 6, 8, 8);
  m->head = new QLabel(this);
  m->head->setFont(kit::textFont(kit::TextSize::Title, true));
  m->head->setObjectName(QStringLiteral("propertiesHead"));
  m->troubles = new QLabel(this);
  m->troubles->setObjectName(QStringLiteral("networkTroubles"));
  m->troubles->setWordWrap(true);
  kit::setMood(*m->troubles, "bad");
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus);  // the fields in it take the focus, and move it
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m->pages = new QStackedWidget(scroll);
  m->node = new NodeForm(m->pages);
  m->link = new LinkForm(m->pages);
  m->note = new NoteForm(m->pages);
  m->network = new QWidget(m->pages);
  auto* column = new QVBoxLayout(m->network);
  column->setContentsMargins(0, 0, 0, 0);
  m->title = new Field(QStringLiteral("networkTitle"), m->network);
  m->title->line()->setFont(kit::textFont());
  m->hint = new QLabel(m->network);
  m->hint->setWordWrap(true);
  m->hint->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(m->title);
  column->addWidget(m->hint);
  column->addStretch(1);
  m->pages->addWidget(m->network);
  for (Form* form : {static_cast<Form*>(m->node), static_cast<Form*>(m->link), static_cast<Form*>(m->note)}) {
    m->pages->addWidget(form);
    connect(form, &Form::edited, this, &PropertiesPage::edited);
  }
  scroll->setWidget(m->pages);
  outer->addWidget(m->head);
  outer->addWidget(m->troubles);
  outer->addWidget(scroll, 1);
  connect(m->title, &Field::entered, this, [this](const QString& text) {
    project::DocumentText title = m->snapshot->draft->document.title;
    (m->language == Language::Chinese && !title.zh.empty() ? title.zh : title.en) = text.toStdString();
    emit edited(project::SetTitle{title});
  });
  retranslate();
}

PropertiesPage::~PropertiesPage() = default;

void PropertiesPage::setValue(const model::SnapshotPtr& snapshot, Language language) {
  m->snapshot = snapshot;
  m->language = language;
  show();
}

void PropertiesPage::setSelection(const std::set<project::NodeKey>& nodes, const std::set<project::LinkKey>& links,
                                  const std::set<project::NoteKey>& notes) {
  m->nodes = nodes;
  m->links = links;
  m->notes = notes;
  if (m->snapshot) show();
}

QString PropertiesPage::titleOf(const project::Node& node) const {
  const QString name = QString::fromStdString(node.name);
  switch (node.kind) {
  case project::NodeKind::Host: return tr("Host %1").arg(name);
  case project::NodeKind::Router: return tr("Router %1").arg(name);
  case project::NodeKind::Switch: return tr("Switch %1").arg(name);
  case project::NodeKind::Hub: return tr("Hub %1").arg(name);
  case project::NodeKind::Repeater: return tr("Repeater %1").arg(name);
  case project::NodeKind::Bus: return tr("Bus %1").arg(name);
  }
  return name;
}

void PropertiesPage::show() {
  const project::Draft& draft = *m->snapshot->draft;
  const bool one = m->count() == 1;
  const project::Node* node = one && !m->nodes.empty() ? draft.node(*m->nodes.begin()) : nullptr;
  if (node) {
    m->head->setText(titleOf(*node));
    m->node->setValue(m->snapshot, *m->nodes.begin(), m->language);
    m->pages->setCurrentWidget(m->node);
  } else if (one && !m->links.empty() && draft.link(*m->links.begin())) {
    m->head->setText(tr("Link"));
    m->link->setValue(m->snapshot, *m->links.begin(), m->language);
    m->pages->setCurrentWidget(m->link);
  } else if (one && !m->notes.empty() && draft.note(*m->notes.begin())) {
    m->head->setText(tr("Note"));
    m->note->setValue(m->snapshot, *m->notes.begin(), m->language);
    m->pages->setCurrentWidget(m->note);
  } else {
    showNetwork();
  }
  showTroubles();
}

void PropertiesPage::showNetwork() {
  const bool several = m->count() > 1;
  m->head->setText(several ? tr("%n part(s) selected", nullptr, static_cast<int>(m->count())) : tr("Network"));
  m->title->setVisible(!several);
  m->title->setValue(QString::fromStdString(m->snapshot->draft->document.title.in(m->language)));
  m->hint->setText(several ? tr("They can be moved, copied and deleted together. Select one of them to see its properties.")
                           : tr("Select a device, a link or a note in the picture to see its properties."));
  m->pages->setCurrentWidget(m->network);
}

void PropertiesPage::showTroubles() {
  const bool stops = std::any_of(m->snapshot->troubles.begin(), m->snapshot->troubles.end(),
                                 [](const model::Trouble& one) { return one.error; });
  m->troubles->setVisible(stops);
  QString text = tr("The network waits until this is repaired:");
  for (const model::Trouble& one : m->snapshot->troubles)
    if (one.error) text += QStringLiteral("\n%1: %2").arg(QString::fromStdString(one.path), QString::fromStdString(one.text));
  m->troubles->setText(stops ? text : QString());
}

void PropertiesPage::rename() {
  if (m->pages->currentWidget() == m->node) m->node->rename();
}

void PropertiesPage::retranslate() {
  m->title->setCaption(tr("Title"));
  if (m->snapshot) show();
}

void PropertiesPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::editor
