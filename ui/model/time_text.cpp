#include "ui/model/time_text.h"

namespace hw::model {

QString timeText(Time time) {
  const auto part = [&time](std::int64_t unit) {
    return QStringLiteral("%1").arg(time.ns / unit % 1000, 3, 10, QLatin1Char('0'));
  };
  return QStringLiteral("%1.%2 %3 %4 s")
      .arg(time.ns / 1'000'000'000)
      .arg(part(1'000'000), part(1'000), part(1));
}

}  // namespace hw::model
