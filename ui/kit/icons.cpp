#include "ui/kit/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/kit/theme.h"

namespace hw::kit {
namespace {

/// The drawing with the theme's colours in the places of their names.
QByteArray drawing(const QString& name, const QColor& ink) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) qFatal("no icon %s", qPrintable(name));
  QByteArray svg = file.readAll();
  svg.replace("inkColor", ink.name().toLatin1());
  svg.replace("fillColor", theme().panel.name().toLatin1());
  svg.replace("accentColor", theme().accent.name().toLatin1());
  svg.replace("badColor", theme().bad.name().toLatin1());
  return svg;
}

QPixmap drawn(const QString& name, const QColor& ink, int size, qreal ratio) {
  const QString key =
      QStringLiteral("hw/%1/%2/%3/%4").arg(name, ink.name()).arg(size).arg(ratio) +
      (theme().id == ThemeId::Dark ? "d" : "l");
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  const int pixels = qRound(size * ratio);
  pixmap = QPixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  QSvgRenderer(drawing(name, ink)).render(&painter, QRectF(0, 0, pixels, pixels));
  painter.end();
  pixmap.setDevicePixelRatio(ratio);
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

}  // namespace

QIcon icon(const QString& name) {
  QIcon result;
  const QColor faint = blend(theme().mutedInk, theme().window, 0.5);
  for (const int size : {16, 20, 24, 32, 48}) {
    result.addPixmap(drawn(name, theme().ink, size, 1));
    result.addPixmap(drawn(name, theme().ink, size, 2));
    result.addPixmap(drawn(name, faint, size, 1), QIcon::Disabled);
  }
  return result;
}

QPixmap iconPixmap(const QString& name, int size, qreal devicePixelRatio) {
  return drawn(name, theme().ink, size, devicePixelRatio);
}

}  // namespace hw::kit
