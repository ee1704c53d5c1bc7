// Read first: tun(4); RFC 2784 for the four bytes of GRE.
#include "core/process/tunapp.h"

#include <fmt/format.h>

#include "core/proto/ipv4/ipv4_wire.h"

namespace hw::process {
namespace {

constexpr std::uint32_t kGreSize = 4;
constexpr int kMaxPerStep = 64;

Bytes withGre(const Bytes& packet) {
  std::vector<std::uint8_t> bytes{0, 0, 0x08, 0x00};
  bytes.insert(bytes.end(), packet.view().begin(), packet.view().end());
  return Bytes(std::move(bytes));
}

/// What a raw socket hears is a whole datagram: the packet inside behind both headers.
Bytes withoutGre(const Bytes& datagram) {
  const std::uint32_t front = datagram.empty() ? 0 : (datagram.data()[0] & 15u) * 4 + kGreSize;
  return datagram.size() > front ? datagram.slice(front) : Bytes();
}

std::optional<Next> open(TunApp& app, Context& context) {
  const TunAppOptions& options = app.options;
  const bool gre = options.mode == TunMode::Gre;
  const auto fail = [&](socket::Errno error) {
    context.print(Line{fmt::format("tunapp: {}: {}", options.device, socket::message(error))});
    return Next::exit(1);
  };
  const auto port = context.calls.interfaceNamed(options.device);
  if (!port) return fail(socket::Errno::NoDevice);
  app.tunnel = context.calls.open(socket::Kind::Interface);
  if (const auto error = context.calls.attach(app.tunnel, *port)) return fail(*error);
  app.carrier = context.calls.open(gre ? socket::Kind::Raw : socket::Kind::Udp);
  socket::Endpoint local = options.local;
  if (gre) local.port = ipv4::kGre;
  if (const auto error = context.calls.bind(app.carrier, local)) return fail(*error);
  context.print(Line{"ready"});
  return std::nullopt;
}

bool downOne(TunApp& app, Context& context) {
  const auto packet = context.calls.receive(app.tunnel);
  if (!packet) return false;
  const bool gre = app.options.mode == TunMode::Gre;
  static_cast<void>(context.calls.send(app.carrier, {gre ? withGre(packet->data) : packet->data, app.options.peer, false}));
  context.print(Line{fmt::format("from {}: {} bytes -> carrier", app.options.device, packet->data.size())});
  return true;
}

bool upOne(TunApp& app, Context& context) {
  const auto packet = context.calls.receive(app.carrier);
  if (!packet) return false;
  const Bytes inside = app.options.mode == TunMode::Gre ? withoutGre(packet->data) : packet->data;
  static_cast<void>(context.calls.send(app.tunnel, {inside, std::nullopt, false}));
  context.print(Line{fmt::format("from carrier: {} bytes -> {}", inside.size(), app.options.device)});
  return true;
}

}  // namespace

Next TunApp::step(Context& context) {
  if (!tunnel.valid())
    if (const auto exit = open(*this, context)) return *exit;
  if (context.signal != Signal::None) return Next::exit(0);
  static_cast<void>(context.calls.takeError(carrier));
  for (int i = 0; i < kMaxPerStep; ++i) {
    const bool down = downOne(*this, context), up = upOne(*this, context);
    if (!down && !up) break;
  }
  return Next::wait();
}

}  // namespace hw::process
