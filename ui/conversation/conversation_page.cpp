#include "ui/conversation/conversation_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QTabBar>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/conversation/congestion_plot.h"
#include "ui/conversation/ladder_view.h"
#include "ui/conversation/sequence_plot.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::conversation {
namespace {

QString nameOf(const lens::Speaker& speaker) {
  const QString end = QString::fromStdString(speaker.text());
  return speaker.name.empty() ? end : QString::fromStdString(speaker.name) + QStringLiteral(" ") + end;
}

QString lineOf(const model::ConversationsView::Line& line) {
  const lens::Conversation& head = line.head;
  const QString kind = head.kind == lens::Conversation::Kind::Tcp ? QStringLiteral("TCP") : QStringLiteral("UDP");
  return QStringLiteral("%1  %2 → %3  (%4)").arg(kind, nameOf(head.opener), nameOf(head.answerer)).arg(line.messages);
}

}  // namespace

struct ConversationPage::Impl {
  QStackedLayout* pages = nullptr;  ///< without and with a conversation
  QLabel* none = nullptr;
  QLabel* choiceLabel = nullptr;
  QComboBox* choice = nullptr;
  QLabel* besideLabel = nullptr;
  QComboBox* beside = nullptr;
  QTabBar* tabs = nullptr;
  QStackedLayout* aspects = nullptr;
  LadderView* ladder = nullptr;
  SequencePlot* sequence = nullptr;
  CongestionPlot* congestion = nullptr;
  QTextBrowser* text = nullptr;
  QLabel* connectionOnly = nullptr;  ///< instead of the plots, for datagrams
  std::shared_ptr<const model::ConversationsView> view;
  model::SnapshotPtr snapshot;
  bool filling = false;

  Aspect aspect() const { return static_cast<Aspect>(tabs->currentIndex()); }
};

ConversationPage::ConversationPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  setObjectName(QStringLiteral("conversationPage"));
  m->pages = new QStackedLayout(this);
  m->none = new QLabel(this);
  m->none->setAlignment(Qt::AlignCenter);
  m->none->setWordWrap(true);
  m->none->setMargin(16);
  m->pages->addWidget(m->none);
  auto* page = new QWidget(this);
  m->pages->addWidget(page);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(8, 6, 8, 8);
  column->setSpacing(4);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  const auto chooser = [&](int row, QLabel*& label, QComboBox*& box, const char* name) {
    label = new QLabel(page);
    box = new QComboBox(page);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    label->setBuddy(box);
    grid->addWidget(label, row, 0);
    grid->addWidget(box, row, 1);
  };
  chooser(0, m->choiceLabel, m->choice, "conversationChoice");
  chooser(1, m->besideLabel, m->beside, "conversationBeside");
  column->addLayout(grid);
  m->tabs = new QTabBar(page);
  m->tabs->setObjectName(QStringLiteral("conversationAspects"));
  m->tabs->setDrawBase(false);
  m->tabs->setExpanding(false);
  for (int i = 0; i < 4; ++i) m->tabs->addTab(QString());
  column->addWidget(m->tabs);
  auto* holder = new QWidget(page);
  m->aspects = new QStackedLayout(holder);
  m->aspects->setContentsMargins(0, 0, 0, 0);
  m->aspects->addWidget(m->ladder = new LadderView(holder));
  m->aspects->addWidget(m->sequence = new SequencePlot(holder));
  m->aspects->addWidget(m->congestion = new CongestionPlot(holder));
  m->aspects->addWidget(m->text = new QTextBrowser(holder));
  m->aspects->addWidget(m->connectionOnly = new QLabel(holder));
  m->connectionOnly->setAlignment(Qt::AlignCenter);
  m->connectionOnly->setWordWrap(true);
  m->connectionOnly->setMargin(16);
  m->text->setObjectName(QStringLiteral("conversationText"));
  m->text->setOpenLinks(false);
  column->addWidget(holder, 1);

  connect(m->tabs, &QTabBar::currentChanged, this, [this] { fill(); });
  const auto choose = [this] {
    if (m->filling) return;
    const int beside = m->beside->currentIndex() - 1;
    emit conversationChosen(m->choice->currentIndex() < 0 ? std::nullopt : std::optional<std::size_t>(m->choice->currentIndex()),
                            beside < 0 ? std::nullopt : std::optional<std::size_t>(beside));
  };
  connect(m->choice, &QComboBox::currentIndexChanged, this, choose);
  connect(m->beside, &QComboBox::currentIndexChanged, this, choose);
  connect(m->ladder, &LadderView::packetChosen, this, &ConversationPage::packetChosen);
  connect(m->ladder, &LadderView::momentChosen, this, &ConversationPage::momentChosen);
  connect(m->sequence, &SequencePlot::packetChosen, this, &ConversationPage::packetChosen);
  connect(m->sequence, &SequencePlot::momentChosen, this, &ConversationPage::momentChosen);
  retranslate();
}

ConversationPage::~ConversationPage() = default;

void ConversationPage::setValue(const model::SnapshotPtr& snapshot) {
  m->snapshot = snapshot;
  m->view = snapshot->conversations;
  const bool any = m->view && m->view->shown;
  m->pages->setCurrentIndex(any ? 1 : 0);
  if (!any) return;
  fillChoices();
  fill();
}

void ConversationPage::show(Aspect aspect) { m->tabs->setCurrentIndex(static_cast<int>(aspect)); }

void ConversationPage::fillChoices() {
  m->filling = true;
  QStringList lines;
  for (const auto& line : m->view->all) lines += lineOf(line);
  const auto put = [](QComboBox& box, const QStringList& wanted, int current) {
    while (box.count() > wanted.size()) box.removeItem(box.count() - 1);
    for (int i = 0; i < wanted.size(); ++i) {
      if (i >= box.count()) box.addItem(wanted[i]);
      else if (box.itemText(i) != wanted[i]) box.setItemText(i, wanted[i]);
    }
    box.setCurrentIndex(current);
    box.setToolTip(box.currentText());
  };
  put(*m->choice, lines, static_cast<int>(m->view->shown->index));
  lines.prepend(tr("nothing"));
  put(*m->beside, lines, m->view->beside ? static_cast<int>(m->view->beside->index) + 1 : 0);
  const bool several = m->view->all.size() > 1;
  m->beside->setVisible(several && m->aspect() == Aspect::Ladder);
  m->besideLabel->setVisible(m->beside->isVisibleTo(this));
  m->filling = false;
}

/// Only what is seen is drawn anew.
void ConversationPage::fill() {
  if (!m->view || !m->view->shown) return;
  const model::ConversationView& shown = *m->view->shown;
  const bool tcp = shown.what.kind == lens::Conversation::Kind::Tcp;
  const Aspect aspect = m->aspect();
  m->beside->setVisible(m->view->all.size() > 1 && aspect == Aspect::Ladder);
  m->besideLabel->setVisible(m->beside->isVisibleTo(this));
  const bool plots = aspect == Aspect::Sequence || aspect == Aspect::Congestion;
  m->aspects->setCurrentIndex(plots && !tcp ? m->aspects->count() - 1 : static_cast<int>(aspect));
  switch (aspect) {
    case Aspect::Ladder: m->ladder->setValue(m->view, m->snapshot->selected); break;
    case Aspect::Sequence:
      if (tcp) m->sequence->setValue(m->view, m->snapshot->selected, m->snapshot->time);
      break;
    case Aspect::Congestion:
      if (tcp) m->congestion->setValue(m->view, m->snapshot->time);
      break;
    case Aspect::Text: fillText(); break;
  }
}

/// Both sides in the order in which it was read, each in its colour and under its name.
void ConversationPage::fillText() {
  const model::ConversationView& shown = *m->view->shown;
  QString html = QStringLiteral("<style>p{white-space:pre-wrap;margin:0 0 6px 0} .a{color:%1} .b{color:%2} .n{color:%3}</style>")
                     .arg(kit::theme().accent.name(), kit::theme().good.name(), kit::theme().mutedInk.name());
  for (const lens::Said& said : shown.said) {
    const lens::Speaker& speaker = said.byOpener ? shown.what.opener : shown.what.answerer;
    html += QStringLiteral("<p class='n'>%1</p><p class='%2'>%3</p>")
                .arg(nameOf(speaker).toHtmlEscaped(), said.byOpener ? QStringLiteral("a") : QStringLiteral("b"),
                     QString::fromStdString(said.text).toHtmlEscaped());
  }
  if (shown.said.empty()) html += QStringLiteral("<p class='n'>%1</p>").arg(tr("No data has arrived yet."));
  m->text->setFont(kit::monoFont(kit::TextSize::Small));
  m->text->setHtml(html);
}

void ConversationPage::retranslate() {
  m->none->setText(tr("No conversation yet. When programs talk by TCP or UDP, this page shows what they say: start nc or curl in a terminal."));
  m->connectionOnly->setText(tr("UDP has no connection: there are no sequence numbers, no acknowledgments and no congestion window to draw."));
  m->choiceLabel->setText(tr("Conversation"));
  m->besideLabel->setText(tr("Beside it"));
  m->choice->setAccessibleName(tr("Conversation"));
  m->beside->setAccessibleName(tr("Conversation beside it"));
  m->tabs->setAccessibleName(tr("View of the conversation"));
  m->tabs->setTabText(static_cast<int>(Aspect::Ladder), tr("Ladder"));
  m->tabs->setTabText(static_cast<int>(Aspect::Sequence), tr("Sequence"));
  m->tabs->setTabText(static_cast<int>(Aspect::Congestion), tr("Congestion"));
  m->tabs->setTabText(static_cast<int>(Aspect::Text), tr("Text"));
  m->text->setAccessibleName(tr("What was said"));
  m->ladder->retranslate();
  m->sequence->retranslate();
  m->congestion->retranslate();
  if (m->view && m->view->shown) {
    fillChoices();
    fill();
  }
}

void ConversationPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) fill();
}

}  // namespace hw::conversation
