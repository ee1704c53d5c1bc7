#include "ui/workbench/recovery_bar.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include "ui/kit/theme.h"

namespace hw::workbench {

RecoveryBar::RecoveryBar(QWidget* parent)
    : QFrame(parent), m_text(new QLabel(this)), m_recover(new QPushButton(this)), m_discard(new QPushButton(this)) {
  auto* row = new QHBoxLayout(this);
  setObjectName(QStringLiteral("recoveryBar"));
  kit::setMood(*this, "offer");
  row->setContentsMargins(12, 8, 12, 8);
  row->setSpacing(10);
  m_text->setWordWrap(true);
  m_recover->setObjectName(QStringLiteral("recover"));
  m_discard->setObjectName(QStringLiteral("discardCopy"));
  row->addWidget(m_text, 1);
  row->addWidget(m_recover);
  row->addWidget(m_discard);
  connect(m_recover, &QPushButton::clicked, this, [this] {
    const LostCopy copy = m_copies.front();
    emit recoveryWanted(copy);
  });
  connect(m_discard, &QPushButton::clicked, this, [this] {
    FileKeeper::discard(m_copies.front());
    goOn();
  });
  hide();
}

void RecoveryBar::offer(const QList<LostCopy>& copies) {
  m_copies = copies;
  showNext();
}

void RecoveryBar::goOn() {
  m_copies.removeFirst();
  showNext();
}

void RecoveryBar::showNext() {
  setVisible(!m_copies.isEmpty());
  if (!m_copies.isEmpty()) retranslate();
}

void RecoveryBar::retranslate() {
  m_recover->setText(tr("Recover"));
  m_discard->setText(tr("Discard"));
  m_recover->setToolTip(tr("Opens what was not saved; the file itself changes when you save"));
  m_discard->setToolTip(tr("Deletes what was not saved, for good"));
  if (m_copies.isEmpty()) return;
  const LostCopy& copy = m_copies.front();
  const QString when = QLocale().toString(QFileInfo(copy.file).lastModified(), QLocale::ShortFormat);
  const QString name = QFileInfo(copy.origin).fileName();
  m_text->setText(name.isEmpty() ? tr("A new network was not saved when Hopwise ended (%1).").arg(when)
                                 : tr("“%1” was not saved when Hopwise ended (%2).").arg(name, when));
}

void RecoveryBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::workbench
