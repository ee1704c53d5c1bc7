#include "tests/ui/workbench/text_walk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyleOptionComboBox>
#include <QStyleOptionFrame>
#include <QTabBar>
#include <QTextDocumentFragment>
#include <QTextEdit>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <cmath>
#include <map>
#include <unordered_map>

#include "ui/kit/elided_label.h"
#include "ui/model/packet_list_model.h"

namespace hw::test {
namespace {

using Texts = std::vector<ShownText>;

constexpr double kContrast = 4.5, kDisabledContrast = 3;
constexpr int kScale = 2;        // strokes of letters have a core of pure ink then
constexpr int kInkPixels = 3;
constexpr int kCellMargin = 3;   // of the style, on each side of a cell

QString plain(QString text) {
  static const QRegularExpression mnemonic(QStringLiteral("&(?!&)"));
  return text.remove(mnemonic);
}

QSize sizeOf(const QFontMetrics& metrics, const QString& text) {
  return metrics.size(Qt::TextShowMnemonic, text);
}

QString where(const QWidget& widget) {
  const QString name = widget.objectName().isEmpty() && widget.parentWidget()
                           ? QStringLiteral("in ") + widget.parentWidget()->objectName()
                           : widget.objectName();
  return QStringLiteral("%1 %2").arg(QString::fromLatin1(widget.metaObject()->className()), name);
}

void addLabel(Texts& texts, const QLabel& label) {
  const QRect room = label.contentsRect();
  if (label.wordWrap() || label.textFormat() == Qt::RichText)
    texts.push_back({&label, label.text(), room, {0, label.heightForWidth(label.width()) - label.height() + room.height()}});
  else texts.push_back({&label, label.text(), room, sizeOf(label.fontMetrics(), label.text())});
}

void addButton(Texts& texts, const QAbstractButton& button) {
  if (button.text().isEmpty() || button.inherits("hw::lesson_page::ChoiceCircle")) return;
  const auto* tool = qobject_cast<const QToolButton*>(&button);
  if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()) return;
  texts.push_back({&button, plain(button.text()), button.rect(), button.sizeHint().boundedTo(QSize(10'000, button.fontMetrics().height()))});
}

void addBox(Texts& texts, const QComboBox& box) {
  QStyleOptionComboBox option;
  option.initFrom(&box);
  const QRect room = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
  for (int i = 0; i < box.count(); ++i) texts.push_back({&box, box.itemText(i), room, sizeOf(box.fontMetrics(), box.itemText(i))});
}

void addLine(Texts& texts, const QLineEdit& line) {
  QStyleOptionFrame option;
  option.initFrom(&line);
  const QRect room = line.style()->subElementRect(QStyle::SE_LineEditContents, &option, &line).adjusted(2, 0, -2, 0);
  const QString text = line.text().isEmpty() ? line.placeholderText() : line.text();
  texts.push_back({&line, text, room, sizeOf(line.fontMetrics(), text)});
}

void addTabs(Texts& texts, const QTabBar& tabs) {
  for (int i = 0; i < tabs.count(); ++i) {
    const QRect tab = tabs.tabRect(i) & tabs.rect();
    texts.push_back({&tabs, plain(tabs.tabText(i)), tab.adjusted(4, 0, -4, 0), sizeOf(tabs.fontMetrics(), plain(tabs.tabText(i))), tabs.isTabEnabled(i)});
  }
}

void addHead(Texts& texts, const QHeaderView& head) {
  if (!head.model()) return;
  const bool across = head.orientation() == Qt::Horizontal;
  for (int i = 0; i < head.count(); ++i) {
    if (head.isSectionHidden(i)) continue;
    const QVariant font = head.model()->headerData(i, head.orientation(), Qt::FontRole);
    const QString text = head.model()->headerData(i, head.orientation()).toString();
    const int at = head.sectionViewportPosition(i), size = head.sectionSize(i);
    const QRect room = across ? QRect(at, 0, size, head.height()) : QRect(0, at, head.width(), size);
    texts.push_back({&head, text, room.adjusted(kCellMargin, 0, -kCellMargin, 0),
                     sizeOf(QFontMetrics(font.isValid() ? font.value<QFont>() : head.font()), text)});
  }
}

void addCell(Texts& texts, const QAbstractItemView& view, const QModelIndex& index) {
  const QRect rect = view.visualRect(index);
  const QVariant font = index.data(Qt::FontRole);
  const QFontMetrics metrics(font.isValid() ? font.value<QFont>() : view.font());
  const QString text = index.data().toString();
  const auto state = index.flags();
  const bool icons = view.inherits("QListView") && view.property("viewMode").toInt() == 1;
  if (view.objectName() == QLatin1String("packetTable") && index.column() == model::PacketListModel::ProtocolColumn) {
    texts.push_back({view.viewport(), text, QRect(rect.left() + 8, rect.top() + 5, 32, rect.height() - 10), {}});  // in its badge
    return;
  }
  const QRect room = rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
  const bool wraps = !icons && view.property("wordWrap").toBool() && !view.inherits("QTreeView");
  // A list has a line for each packet; the tool tip and the packet's own page say it in full.
  const bool mayBeShort = view.objectName() == QLatin1String("packetTable") && index.column() == model::PacketListModel::InfoColumn;
  const QSize wanted = mayBeShort ? QSize()
                       : wraps   ? metrics.boundingRect(QRect(0, 0, room.width(), 1000), Qt::TextWordWrap, text).size()
                       : icons ? QSize(sizeOf(metrics, text).width(), 0)
                               : sizeOf(metrics, text);
  texts.push_back({view.viewport(), text, room, wanted, bool(state & Qt::ItemIsEnabled)});
}

void addCells(Texts& texts, const QAbstractItemView& view, const QModelIndex& parent = {}) {
  if (!view.model() || view.inherits("QHeaderView")) return;
  const auto* tree = qobject_cast<const QTreeView*>(&view);
  for (int row = 0; row < view.model()->rowCount(parent); ++row)
    for (int column = 0; column < view.model()->columnCount(parent); ++column) {
      const QModelIndex index = view.model()->index(row, column, parent);
      if (view.visualRect(index).intersects(view.viewport()->rect())) addCell(texts, view, index);
      if (tree && column == 0 && tree->isExpanded(index)) addCells(texts, view, index);
    }
}

void addActions(Texts& texts, const QMenu& menu) {
  for (QAction* action : menu.actions()) {
    if (!action->isVisible() || action->isSeparator()) continue;
    const QString text = plain(action->text());
    texts.push_back({&menu, text, menu.actionGeometry(action), sizeOf(menu.fontMetrics(), text), action->isEnabled()});
  }
}

void addTitles(Texts& texts, const QMenuBar& bar) {
  for (QAction* action : bar.actions())
    texts.push_back({&bar, plain(action->text()), bar.actionGeometry(action), sizeOf(bar.fontMetrics(), plain(action->text())), action->isEnabled()});
}

void addArea(Texts& texts, const QWidget& viewport, const QString& text, const QString& placeholder) {
  texts.push_back({&viewport, text.isEmpty() ? placeholder : text, viewport.rect(), {}});
}

void addTextsOf(Texts& texts, const QWidget& widget) {
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) addLabel(texts, *label);
  else if (const auto* elided = qobject_cast<const kit::ElidedLabel*>(&widget))
    texts.push_back({elided, elided->text(), elided->rect(), sizeOf(elided->fontMetrics(), elided->text())});
  else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) addButton(texts, *button);
  else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) addBox(texts, *box);
  else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) addLine(texts, *line);
  else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) addTabs(texts, *tabs);
  else if (const auto* head = qobject_cast<const QHeaderView*>(&widget)) addHead(texts, *head);
  else if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget)) addCells(texts, *view);
  else if (const auto* menu = qobject_cast<const QMenu*>(&widget)) addActions(texts, *menu);
  else if (const auto* bar = qobject_cast<const QMenuBar*>(&widget)) addTitles(texts, *bar);
  else if (const auto* area = qobject_cast<const QPlainTextEdit*>(&widget)) addArea(texts, *area->viewport(), area->toPlainText(), area->placeholderText());
  else if (const auto* rich = qobject_cast<const QTextEdit*>(&widget)) addArea(texts, *rich->viewport(), rich->toPlainText(), rich->placeholderText());
  else if (const auto* group = qobject_cast<const QGroupBox*>(&widget))
    texts.push_back({group, group->title(), QRect(0, 0, group->width() - 12, group->fontMetrics().height() + 4), sizeOf(group->fontMetrics(), group->title())});
}

/// Of tabbed docks those behind are kept visible, but outside of the window.
bool isBehindATab(const QWidget& widget) {
  const QWidget* one = &widget;
  while (one && !qobject_cast<const QDockWidget*>(one)) one = one->parentWidget();
  return one && !one->isWindow() && !one->parentWidget()->rect().intersects(one->geometry());
}

std::vector<const QWidget*> shownWidgets(const QWidget& root) {
  std::vector<const QWidget*> all{&root};
  for (const QWidget* widget : root.findChildren<const QWidget*>())
    if (widget->isVisibleTo(&root) && !widget->size().isEmpty() && (widget->window() == root.window() || !widget->isWindow()) && !isBehindATab(*widget)) all.push_back(widget);
  return all;
}

double light(const QColor& colour) {
  const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

double contrast(QRgb a, QRgb b) {
  const double x = light(QColor(a)), y = light(QColor(b));
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

/// Of the paper, which is the colour most often seen, and the ink, which differs most from it.
double paintedContrast(const QImage& image, const QRect& part) {
  std::unordered_map<QRgb, int> seen;
  for (int y = part.top(); y <= part.bottom(); ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
    for (int x = part.left(); x <= part.right(); ++x) ++seen[line[x]];
  }
  const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
  const QRgb paper = std::max_element(seen.begin(), seen.end(), more)->first;
  double best = 1;
  for (const auto& [colour, count] : seen)
    if (count >= kInkPixels) best = std::max(best, contrast(colour, paper));
  return best;
}

/// What a scroll area moves, or the root: rendered as a whole it has the paper of its texts.
const QWidget* sheetOf(const QWidget& widget, const QWidget& root) {
  for (const QWidget* one = &widget; one != &root && one->parentWidget(); one = one->parentWidget()) {
    const auto* scroll = qobject_cast<const QScrollArea*>(one->parentWidget()->parentWidget());
    if (scroll && scroll->widget() == one) return one;
  }
  return &root;
}

QImage painted(const QWidget& sheet) {
  QImage image(sheet.size() * kScale, QImage::Format_RGB32);
  image.setDevicePixelRatio(kScale);
  const_cast<QWidget&>(sheet).render(&image);
  return image;
}

/// Inks and papers that a rich text names itself.
QStringList coloursOf(const QString& text, const char* what) {
  QStringList found;
  const QRegularExpression colour(QStringLiteral("(?<![-\\w])%1:\\s*(#[0-9a-fA-F]{6})").arg(QLatin1String(what)));
  auto all = colour.globalMatch(text);
  while (all.hasNext()) found += all.next().captured(1);
  return found;
}

const QRegularExpression kHan(QStringLiteral("[\\x{4e00}-\\x{9fff}]"));

bool isForeign(QString text) {
  if (Qt::mightBeRichText(text)) text = QTextDocumentFragment::fromHtml(text).toPlainText();
  if (kHan.match(text).hasMatch()) return false;
  // Command lines, what Wireshark says of a packet, names of files, devices and interfaces, addresses, words of protocols and keys.
  static const QRegularExpression known(QStringLiteral(
      "^.* # .*$|Echo \\(ping\\) re(quest|ply)|Who has|Tell|is at|\\S*[=/.\\d:_-]\\S*|\\b[A-Z]{2,}[a-z]?\\b|\\b(Hopwise|English|Ctrl|Shift|Home|Alt|Return|Del|PgDown|PgUp|ping|route|default|via|dev|IPv|Ethernet|ms|us|ns)\\b"));
  static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
  return word.match(text.remove(known)).hasMatch();
}

bool isWorkedByHand(const QWidget& widget) {
  if (widget.inherits("QTableCornerButton") && !widget.isEnabled()) return false;
  if (const auto* tabs = qobject_cast<const QTabBar*>(&widget); tabs && tabs->count() == 0) return false;
  const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
  if (area && area->viewport() == &widget) return false;
  if (widget.objectName().startsWith(QLatin1String("qt_")) || widget.inherits("QScrollBar")) return false;
  if (qobject_cast<const QScrollBar*>(&widget)) return false;
  return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QAbstractSlider*>(&widget) ||
         qobject_cast<const QMenu*>(&widget) || qobject_cast<const QDockWidget*>(&widget) ||
         qobject_cast<const QToolBar*>(&widget) || (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

}  // namespace

std::vector<ShownText> shownTexts(const QWidget& root) {
  Texts texts;
  for (const QWidget* widget : shownWidgets(root)) {
    const std::size_t before = texts.size();
    addTextsOf(texts, *widget);
    for (std::size_t i = before; i < texts.size(); ++i) texts[i].enabled = texts[i].enabled && widget->isEnabled();
  }
  static const QRegularExpression readable(QStringLiteral("\\w"), QRegularExpression::UseUnicodePropertiesOption);
  std::erase_if(texts, [](const ShownText& one) { return !readable.match(one.text).hasMatch(); });
  return texts;
}

QStringList clippedTexts(const QWidget& root) {
  QStringList list;
  for (const ShownText& one : shownTexts(root)) {
    const bool fits = one.wanted.width() <= one.room.width() && one.wanted.height() <= one.room.height() + 2;
    if (!fits)
      list += QStringLiteral("%1: “%2” needs %3×%4 of %5×%6").arg(where(*one.widget), one.text)
                  .arg(one.wanted.width()).arg(one.wanted.height()).arg(one.room.width()).arg(one.room.height());
  }
  return list;
}

QStringList faintTexts(QWidget& root) {
  QStringList list;
  std::map<const QWidget*, QImage> sheets;
  for (const ShownText& one : shownTexts(root)) {
    const QWidget* sheet = sheetOf(*one.widget, root);
    auto [image, fresh] = sheets.try_emplace(sheet);
    if (fresh) image->second = painted(*sheet);
    const QRect part = QRect(one.widget->mapTo(sheet, one.room.topLeft()), one.room.size()) & sheet->rect();
    if (part.isEmpty()) continue;
    double least = paintedContrast(image->second, QRect(part.topLeft() * kScale, part.size() * kScale));
    const QRgb paper = one.widget->palette().color(one.widget->backgroundRole()).rgb();
    for (const QString& ink : coloursOf(one.text, "color")) least = std::min(least, contrast(QColor(ink).rgb(), paper));
    if (least < (one.enabled ? kContrast : kDisabledContrast))
      list += QStringLiteral("%1: “%2” has a contrast of %3").arg(where(*one.widget), one.text).arg(least, 0, 'f', 2);
  }
  return list;
}

QStringList untranslatedTexts(const QWidget& root) {
  QStringList list;
  const auto judge = [&list](const QWidget& widget, const QString& text) {
    if (isForeign(text)) list += QStringLiteral("%1: “%2”").arg(where(widget), text);
  };
  for (const ShownText& one : shownTexts(root)) {
    if (one.widget->parentWidget() && one.widget->parentWidget()->objectName() == QLatin1String("terminalOutput")) continue;
    if (root.inherits("QFileDialog") && qobject_cast<const QAbstractItemView*>(one.widget->parentWidget())) continue;  // files
    judge(*one.widget, one.text);
  }
  for (const QWidget* widget : shownWidgets(root)) {
    judge(*widget, widget->toolTip());
    judge(*widget, widget->accessibleName());
    judge(*widget, widget->accessibleDescription());
    if (!widget->isWindow() || widget->windowType() != Qt::Window) judge(*widget, widget->windowTitle());
  }
  return list;
}

QStringList namelessWidgets(const QWidget& root) {
  QStringList list;
  for (const QWidget* widget : shownWidgets(root)) {
    if (!isWorkedByHand(*widget)) continue;
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty()) list += where(*widget);
  }
  return list;
}

}  // namespace hw::test
