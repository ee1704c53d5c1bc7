// Routes as ip(8) prints them.
#pragma once

#include "core/device/device.h"

namespace hw::shell {

/// What a listing leaves out because its selector fixed it.
struct RouteView {
  std::uint32_t table = route::kTableMain;  ///< whose name is not printed
  bool hideDevice = false;
  bool hideGateway = false;
  bool hideProtocol = false;
  bool hideScope = false;
};

/// "192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.1 " without a newline.
std::string routeText(const Device& device, const route::Route& route, const RouteView& view = {});
/// What was learned about the way to one destination: "expires 599sec mtu 1000 ".
std::string learnedText(const route::Exception& learned, Time now);
std::string prefixText(Ipv4Prefix prefix);
std::string_view typeName(route::Type type);

}  // namespace hw::shell
