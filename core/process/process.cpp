#include "core/process/process.h"

namespace hw::process {

std::string_view name(const Program& program) {
  constexpr std::string_view names[] = {"ping", "traceroute", "arping", "udp-serve", "udp-send",
                                        "sleep", "tunapp", "rarpd", "rarp", "tcp-serve", "tcp-client", "nc",
                                        "http-serve", "curl", "iperf", "gateway"};
  static_assert(std::variant_size_v<Program> == std::size(names));
  return names[program.index()];
}

}  // namespace hw::process
