#include "ui/canvas/empty_hint.h"

#include <QEvent>

#include "ui/kit/fonts.h"

namespace hw::canvas {

EmptyHint::EmptyHint(QWidget* canvas) : QLabel(canvas) {
  setObjectName(QStringLiteral("emptyHint"));
  setAlignment(Qt::AlignCenter);
  setWordWrap(true);
  setMargin(40);
  setFont(kit::textFont(kit::TextSize::Title));
  setForegroundRole(QPalette::PlaceholderText);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  canvas->installEventFilter(this);
  retranslate();
  hide();
}

void EmptyHint::retranslate() {
  setText(tr("Drag devices from the left to here.\nThen join them: choose the cable below the devices and draw from one to the other."));
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parent() && event->type() == QEvent::Resize) resize(parentWidget()->size());
  return QLabel::eventFilter(watched, event);
}

void EmptyHint::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::canvas
