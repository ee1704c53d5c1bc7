// Icons: our own drawings in resources/icons, in the colours of the theme.
#pragma once

#include <QIcon>
#include <QPixmap>

namespace hw::kit {

/// The icon of that file name, drawn for the theme in force at any size.
QIcon icon(const QString& name);
/// The same as a picture of `size` logical pixels.
QPixmap iconPixmap(const QString& name, int size, qreal devicePixelRatio);

}  // namespace hw::kit
