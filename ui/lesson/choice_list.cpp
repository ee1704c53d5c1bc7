#include "ui/lesson/choice_list.h"

#include <QButtonGroup>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/kit/theme.h"
#include "ui/lesson/choice_button.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

ChoiceList::ChoiceList(const lesson::Block& block, bool several, QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  auto* group = new QButtonGroup(this);
  group->setExclusive(!several);
  const QString id = QString::fromStdString(block.id);
  for (std::size_t i = 0; i < block.choices.size(); ++i) {
    m_rows.push_back(newRow(block.choices[i], i, id, several));
    group->addButton(m_rows.back().button);
    column->addWidget(m_rows.back().frame);
  }
  unmark();
}

ChoiceList::Row ChoiceList::newRow(const lesson::Choice& choice, std::size_t index, const QString& id, bool several) {
  Row row{};
  row.frame = new QFrame(this);
  row.frame->setObjectName(QStringLiteral("choiceRow"));
  row.button = several ? static_cast<QAbstractButton*>(new ChoiceBox(row.frame)) : new ChoiceCircle(row.frame);
  row.button->setObjectName(QStringLiteral("choice_%1_%2").arg(id).arg(index + 1));
  row.button->setAccessibleName(QString::fromStdString(lesson::plainText(choice.text)));
  row.text = new TextLabel(row.frame);
  row.text->setMarkdown(choice.text);
  row.text->setTextInteractionFlags(Qt::NoTextInteraction);  // a click on it takes the choice
  row.sign = new QLabel(row.frame);
  row.feedback = new TextLabel(row.frame);
  row.feedback->setMarkdown(choice.feedback);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  line->addWidget(row.button, 0, Qt::AlignTop);
  line->addWidget(row.text, 1);
  line->addWidget(row.sign, 0, Qt::AlignTop);
  auto* column = new QVBoxLayout(row.frame);
  column->setContentsMargins(10, 7, 10, 7);
  column->setSpacing(4);
  column->addLayout(line);
  column->addWidget(row.feedback);
  row.frame->installEventFilter(this);
  connect(row.button, &QAbstractButton::toggled, this, &ChoiceList::changed);
  return row;
}

bool ChoiceList::eventFilter(QObject* watched, QEvent* event) {
  if (m_open && event->type() == QEvent::MouseButtonRelease)
    for (const Row& row : m_rows)
      if (row.frame == watched) {
        row.button->click();
        row.button->setFocus();
      }
  return QWidget::eventFilter(watched, event);
}

std::vector<std::size_t> ChoiceList::chosen() const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < m_rows.size(); ++i)
    if (m_rows[i].button->isChecked()) all.push_back(i);
  return all;
}

void ChoiceList::choose(const std::vector<std::size_t>& choices) {
  for (const std::size_t one : choices)
    if (one < m_rows.size()) m_rows[one].button->setChecked(true);
}

void ChoiceList::setOpen(bool open) {
  m_open = open;
  for (const Row& row : m_rows) row.button->setEnabled(open);
}

void ChoiceList::paintRow(const Row& row, const QColor& edge, const QString& sign) {
  const kit::Theme& t = kit::theme();
  row.frame->setStyleSheet(QStringLiteral("#choiceRow{border:1px solid %1;border-radius:5px;background:%2}")
                               .arg(edge.name(), t.canvas.name()));
  row.sign->setText(sign);
  row.sign->setVisible(!sign.isEmpty());
  row.sign->setStyleSheet(QStringLiteral("color:%1;font-weight:bold").arg(edge.name()));
  row.feedback->setStyleSheet(QStringLiteral("color:%1").arg(edge.name()));
}

void ChoiceList::unmark() {
  for (const Row& row : m_rows) {
    paintRow(row, kit::theme().line, {});
    row.feedback->hide();
  }
}

void ChoiceList::mark(const std::set<std::size_t>& right, const std::vector<std::size_t>& taken) {
  unmark();
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    const bool was = std::find(taken.begin(), taken.end(), i) != taken.end();
    const bool good = right.contains(i);
    if (!was && !good) continue;
    paintRow(m_rows[i], good ? kit::theme().good : kit::theme().bad, good ? tr("✓ right") : tr("✕ not so"));
    m_rows[i].feedback->setVisible(!m_rows[i].feedback->text().isEmpty());
  }
}

}  // namespace hw::lesson_page
