#include "ui/kit/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/kit/theme.h"

namespace hw::kit {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_label(new QLabel(this)), m_close(new QToolButton(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 8, 6);
  m_label->setWordWrap(true);
  setMood(*m_label, "bad");
  m_label->setTextFormat(Qt::PlainText);
  m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_close->setText(QStringLiteral("✕"));
  m_close->setAutoRaise(true);
  row->addWidget(m_label, 1);
  row->addWidget(m_close, 0, Qt::AlignTop);
  connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
  retranslate();
  hide();
}

void MessageBar::tell(const QString& text) {
  m_label->setText(text);
  show();
}

QString MessageBar::text() const { return isHidden() ? QString() : m_label->text(); }

void MessageBar::retranslate() { m_close->setAccessibleName(tr("Close")); }

void MessageBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::kit
