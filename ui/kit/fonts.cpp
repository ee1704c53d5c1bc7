#include "ui/kit/fonts.h"

#include <QStringList>

namespace hw::kit {
namespace {

qreal points(TextSize size) {
  switch (size) {
  case TextSize::Small: return 9;
  case TextSize::Title: return 12;
  case TextSize::Normal: break;
  }
  return 10;
}

}  // namespace

QFont textFont(TextSize size, bool bold) {
  QFont font;
  font.setFamilies({QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
                    QStringLiteral("WenQuanYi Zen Hei"), QStringLiteral("DejaVu Sans")});
  font.setPointSizeF(points(size));
  font.setBold(bold);
  return font;
}

QFont monoFont(TextSize size) {
  QFont font;
  font.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono CJK SC")});
  font.setStyleHint(QFont::Monospace);
  font.setFixedPitch(true);
  font.setPointSizeF(points(size) - 0.5);
  return font;
}

}  // namespace hw::kit
