// The options of IPv4 headers in a device: read on arrival, written where the datagram leaves.
// Read first: RFC 791 3.1; Linux ip_rcv_options, ip_forward_options, ip_options_build.
#include "core/device/stack.h"
#include "core/proto/ipv4/options.h"

namespace hw {

using Ipv4Rule = ipv4::Rule;

namespace {

std::span<std::uint8_t> optionsIn(Frame& frame, std::uint32_t headerSize) {
  HW_CHECK(frame.ensureHead(kLink + headerSize));
  return {frame.head() + kLink + ipv4::kHeaderSize, headerSize - ipv4::kHeaderSize};
}

}  // namespace

/// The address that takes the datagram down as received: the one that it is for, or else the one that its sender would see
/// (Linux fib_compute_spec_dst).
Ipv4Address Stack::receivingAddress(InterfaceId in, const ipv4::Header& header) {
  if (plan().isOwn(header.destination)) return header.destination;
  const route::Route* back = plan().fib.find(header.source);
  if (back && back->source) return *back->source;
  return addressOf(back && back->port.valid() ? back->port : in, header.source).value_or(Ipv4Address{});
}

/// Reads the options of the datagram in hand; false if it may not go on.
bool Stack::readOptions(InterfaceId in, const ipv4::Header& header) {
  const auto options = optionsIn(hand(), header.headerSize());
  const ipv4::Reader reader{receivingAddress(in, header), m_now, [this](Ipv4Address one) { return plan().isOwn(one); }};
  const auto slots = ipv4::readOptions(options, reader);
  if (!slots) {
    decisions().decide(Ipv4Rule::BadOption, slots.error(), header.source);
    const icmp::Error error{icmp::kParameterProblem, 0, std::uint32_t{slots.error()} << 24};
    complain(error, header, datagramInHand(header).bytesFrom(0), toGroup());
    return false;
  }
  if (slots->sourceRoute) {
    decisions().decide(Ipv4Rule::SourceRouteRefused, header.source);
    return false;
  }
  m_slots = *slots;
  m_changed = m_changed || m_slots.written;
  return true;
}

void Stack::fillOptions(std::span<std::uint8_t> options, const ipv4::Slots& slots, Ipv4Address address) {
  ipv4::fill(options, slots, address, m_now);
  if (slots.recorded) decisions().decide(Ipv4Rule::RouteRecorded, address);
  if (slots.time) decisions().decide(Ipv4Rule::TimeStamped);
}

/// A router enters the address by which the datagram leaves (RFC 791 3.1); the time stays that of its arrival.
void Stack::fillOptionsInHand(const route::Route& route, Ipv4Address nextHop) {
  std::uint8_t* const ip = hand().head() + kLink;
  const auto header = load<ipv4::Header>(ip);
  const auto options = optionsIn(hand(), header.headerSize());
  const Ipv4Address address = route.source ? *route.source : addressOf(route.port, nextHop).value_or(Ipv4Address{});
  fillOptions(options, m_slots, address);
  store16(ip + 10, 0);
  store16(ip + 10, internetChecksum({ip, header.headerSize()}));
}

/// The options that a program wants in a datagram; false if they make no sense.
bool Stack::giveOptions(Outgoing& outgoing, const Bytes& options) {
  std::vector<std::uint8_t> bytes(options.view().begin(), options.view().end());
  const auto slots = ipv4::readOptions(bytes, std::nullopt);
  if (!slots || bytes.size() > ipv4::kMaxOptions || bytes.size() % 4 != 0) return false;
  outgoing.slots = *slots;
  outgoing.options = Bytes(std::move(bytes));
  return true;
}

}  // namespace hw
