#include "ui/inspector/packet_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedLayout>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/inspector/explanation_text.h"
#include "ui/inspector/hex_view.h"
#include "ui/kit/elided_label.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/model/layer_tree_model.h"
#include "ui/model/time_text.h"

namespace hw::inspector {

namespace {

/// In another branch of time another packet may have the same identity.
bool isSame(const model::PacketView* a, const model::PacketView* b) {
  if (!a || !b) return a == b;
  return a->card.row.id == b->card.row.id && a->card.bytes == b->card.bytes;
}

}  // namespace

struct PacketPage::Impl {
  QStackedLayout* stack = nullptr;
  QLabel* none = nullptr;
  kit::ElidedLabel* title = nullptr;
  kit::ElidedLabel* subtitle = nullptr;
  QTextBrowser* why = nullptr;
  QTreeView* tree = nullptr;
  HexView* hex = nullptr;
  model::LayerTreeModel* model = nullptr;
  std::shared_ptr<const model::PacketView> packet;
  Language language = Language::English;
  std::shared_ptr<const model::PacketView> layersOf;  ///< the packet whose layers stand in the tree
  Language layersIn = Language::English;
  QSet<int> open;
  QString chosenKey;  ///< the field that is highlighted, also in the next packet
};

PacketPage::PacketPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  build();
  connect(m->tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &PacketPage::rowChosen);
  connect(m->hex, &HexView::byteClicked, this, &PacketPage::byteChosen);
  connect(m->why, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
    const int fold = url.path().toInt();
    if (!m->open.remove(fold)) m->open.insert(fold);
    showExplanation();
  });
  retranslate();
}

PacketPage::~PacketPage() = default;

void PacketPage::build() {
  m->stack = new QStackedLayout(this);
  m->none = new QLabel(this);
  m->none->setAlignment(Qt::AlignCenter);
  m->none->setWordWrap(true);
  m->none->setMargin(24);
  m->stack->addWidget(m->none);
  auto* page = new QWidget(this);
  m->stack->addWidget(page);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(8, 6, 8, 8);
  column->setSpacing(3);
  m->title = new kit::ElidedLabel(page);
  m->title->setFont(kit::textFont(kit::TextSize::Normal, true));
  m->subtitle = new kit::ElidedLabel(page);
  column->addWidget(m->title);
  column->addWidget(m->subtitle);
  auto* split = new QSplitter(Qt::Vertical, page);
  split->setChildrenCollapsible(false);
  m->why = new QTextBrowser(split);
  m->why->setObjectName(QStringLiteral("explanation"));
  m->why->setOpenLinks(false);
  m->why->document()->setDocumentMargin(6);
  m->why->setTabStopDistance(18);  // as far as the signs of the sentences hang out
  m->tree = new QTreeView(split);
  m->tree->setObjectName(QStringLiteral("layerTree"));
  m->tree->setHeaderHidden(true);
  m->tree->setUniformRowHeights(true);
  m->tree->setIndentation(14);
  m->tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m->model = new model::LayerTreeModel(this);
  m->tree->setModel(m->model);
  m->hex = new HexView(split);
  m->hex->setObjectName(QStringLiteral("hexView"));
  split->addWidget(m->why);
  split->addWidget(m->tree);
  split->addWidget(m->hex);
  split->setStretchFactor(0, 5);
  split->setStretchFactor(1, 6);
  split->setStretchFactor(2, 2);
  split->setSizes({300, 320, 110});
  column->addWidget(split, 1);
}

std::vector<kit::Turns::Piece> PacketPage::valueInTurns(const model::SnapshotPtr& snapshot, Language language) {
  // The sentences are laid out in one frame and painted in the next.
  return {[this, snapshot, language] {
            m->why->setUpdatesEnabled(false);
            setPacket(snapshot, language);
          },
          [this] { m->why->setUpdatesEnabled(true); },
          [this] { showLayers(); },
          [this] { showBytes(); }};
}

void PacketPage::setPacket(const model::SnapshotPtr& snapshot, Language language) {
  if (!isSame(m->packet.get(), snapshot->packet.get())) m->open.clear();
  m->packet = snapshot->packet;
  m->language = language;
  m->stack->setCurrentIndex(m->packet ? 1 : 0);
  if (!m->packet) return;
  showTitle();
  showExplanation();
}

void PacketPage::showTitle() {
  const lens::PacketRow& row = m->packet->card.row;
  m->title->setText(QStringLiteral("%1 · %2").arg(QString::fromStdString(row.line.protocol),
                                                 QString::fromStdString(row.line.info)));
  m->subtitle->setText(tr("%1 → %2, sent at %3, %n byte(s)", nullptr, static_cast<int>(row.size))
                           .arg(QString::fromStdString(row.fromName), QString::fromStdString(row.toName),
                                model::timeText(row.time)));
}

/// The highlighted field stays highlighted from packet to packet, so that it can be compared.
void PacketPage::showLayers() {
  if (m->layersIn == m->language && isSame(m->layersOf.get(), m->packet.get())) return;
  m->layersOf = m->packet;
  m->layersIn = m->language;
  const QString key = m->chosenKey;
  m->model->setValue(m->packet, m->language);
  for (int row = 0; row < m->model->rowCount(); ++row) m->tree->expand(m->model->index(row, 0));
  const auto found = key.isEmpty() || !m->packet ? QModelIndexList()
                                   : m->model->match(m->model->index(0, 0), model::LayerTreeModel::KeyRole, key, 1,
                                                     Qt::MatchExactly | Qt::MatchRecursive);
  if (!found.isEmpty()) m->tree->setCurrentIndex(found.front());
  else m->chosenKey = key;
}

void PacketPage::showBytes() {
  if (!m->packet || m->hex->bytes() == m->packet->card.bytes) return;
  m->hex->setBytes(m->packet->card.bytes);
  rowChosen();
}

void PacketPage::showExplanation() {
  if (!m->packet) return;
  const ExplanationWords words{tr("Why %1 sent it"), tr("What %1 decided"), tr("It is still on its way."),
                               tr("It never arrives."),
                               tr("It waits for a wire that others use too. What becomes of it is told later."),
                               tr("This attempt failed: nobody can read the frame."),
                               [](int count) { return tr("%n other choice(s) lost", nullptr, count); }};
  m->why->setHtml(explanationText(*m->packet, words, m->open));
}

void PacketPage::rowChosen() {
  const QModelIndex index = m->tree->currentIndex();
  if (!index.isValid()) return;
  m->chosenKey = index.data(model::LayerTreeModel::KeyRole).toString();
  const auto span = m->model->spanOf(index);
  m->hex->highlight(span ? span->pos : 0, span ? span->size : 0);
}

void PacketPage::byteChosen(std::uint32_t offset) {
  const QModelIndex index = m->model->indexAt(offset);
  if (index.isValid()) m->tree->setCurrentIndex(index);
}

QTreeView* PacketPage::layers() const { return m->tree; }
HexView* PacketPage::bytes() const { return m->hex; }
QString PacketPage::explanation() const { return m->why->toPlainText(); }

void PacketPage::retranslate() {
  m->none->setText(tr("Click a packet on the picture or in the list to see its layers, its bytes and why it was sent."));
  m->why->setAccessibleName(tr("Explanation"));
  m->tree->setAccessibleName(tr("Layers of the packet"));
  m->hex->setAccessibleName(tr("Bytes of the packet"));
  if (m->packet) {
    showTitle();
    showExplanation();
  }
}

void PacketPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) showExplanation();
}

}  // namespace hw::inspector
