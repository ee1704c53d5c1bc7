#include "ui/model/device_look.h"

namespace hw::model {

QString iconOf(const lens::NodeCard& card) {
  if (card.machine.valid()) return QStringLiteral("namespace");
  switch (card.kind) {
  case lens::DeviceKind::Router: return QStringLiteral("router");
  case lens::DeviceKind::Switch: return QStringLiteral("switch");
  case lens::DeviceKind::Hub: return QStringLiteral("hub");
  case lens::DeviceKind::Repeater: return QStringLiteral("repeater");
  case lens::DeviceKind::Bus: return QStringLiteral("bus");
  case lens::DeviceKind::Host: break;
  }
  return QStringLiteral("host");
}

QString kindText(const lens::NodeCard& card, Language language) {
  const std::string_view text = lens::kindText(card).in(language);
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace hw::model
