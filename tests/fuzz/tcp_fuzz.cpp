// Any segments come to a listener, to a connection that it has accepted and to one that is being opened, while a program
// writes, reads and closes, and time goes on. Whatever comes: what is counted is what is there, and a twin does the same.
#include "core/base/check.h"
#include "core/proto/tcp/sequence.h"
#include "core/proto/tcp/tcp.h"
#include "tests/fuzz/reader.h"

namespace hw {
namespace {

constexpr int kMostInputs = 400;
constexpr tcp::Endpoint kServer{{0xC0000201u}, 80}, kClient{{0xC0000201u}, 40'000}, kPeer{{0xC0000202u}, 5000};

struct Half {
  tcp::State state;
  tcp::Config config;
  RandomStream random{5, 5};
  Decisions decisions;
  tcp::Out out;
  Time now;
  std::uint32_t sockets = 10;
  std::vector<std::uint32_t> ids;

  template <class Do> void act(Do&& what) {
    out.clear();
    decisions.clear();
    const Env env{now, 1, random, decisions};
    what(tcp::Work{state, config, env, out});
  }
};

template <auto Flag> std::uint32_t sum(const std::vector<tcp::Chunk>& chunks) {
  std::uint32_t packets = 0;
  for (const tcp::Chunk& one : chunks)
    if (one.*Flag) packets += one.packets;
  return packets;
}

/// The counters are those of what stands in the queues.
void checkCounts(const tcp::Connection& c) {
  std::uint32_t packets = 0, at = c.out.unacked;
  for (const tcp::Chunk& one : c.out.flight) {
    HW_CHECK(one.sequence == at || one.sequence + 1 == at);
    HW_CHECK(one.end == one.sequence + one.data.size() + (one.fin ? 1 : 0) || one.sequence + one.data.size() + 1 == one.end);
    packets += one.packets;
    at = one.end;
  }
  if (!c.out.flight.empty()) HW_CHECK(at == c.out.next);
  HW_CHECK(c.congestion.packets == packets);
  if (c.sack) HW_CHECK(c.congestion.sacked == sum<&tcp::Chunk::sacked>(c.out.flight));
  HW_CHECK(c.congestion.lost == sum<&tcp::Chunk::lost>(c.out.flight));
  HW_CHECK(c.congestion.again == sum<&tcp::Chunk::again>(c.out.flight));
  HW_CHECK(c.congestion.packets + c.congestion.again >= c.congestion.sacked + c.congestion.lost);
  std::uint32_t used = 0;
  for (const tcp::Received& one : c.in.queue) used += one.cost;
  for (const tcp::Received& one : c.in.early) used += one.cost;
  HW_CHECK(c.in.used == used);
  if (c.congestion.packets != 0 && c.phase != tcp::Phase::Closed) HW_CHECK(c.timers.retransmit != kNever);
}

tcp::Arrived segmentFor(Half& half, fuzz::Reader& reader) {
  tcp::Arrived arrived;
  const std::uint8_t what = reader.byte();
  const tcp::Connection* c = half.state.connections.empty() ? nullptr : &*half.state.connections[what / 16u % half.state.connections.size()];
  arrived.local = c && what % 4 != 0 ? c->local : what % 2 != 0 ? kServer : kClient;
  arrived.remote = c && what % 4 != 0 ? c->remote : kPeer;
  if (what % 8 == 0) arrived.remote.port = static_cast<std::uint16_t>(5000 + reader.byte() % 16);
  constexpr std::uint16_t kUsual[] = {tcp::kAck, tcp::kAck | tcp::kPsh, tcp::kSyn, tcp::kSyn | tcp::kAck, tcp::kFin | tcp::kAck, tcp::kRst, tcp::kAck, tcp::kRst | tcp::kAck};
  const std::uint8_t flags = reader.byte();
  arrived.header.flags = flags < 240 ? kUsual[flags % 8] : static_cast<std::uint16_t>(reader.number() & 0x1FF);
  const auto near = [&](std::uint32_t base) {
    const std::uint8_t how = reader.byte();
    return how < 128 ? base : how < 240 ? base + static_cast<std::uint32_t>(static_cast<std::int16_t>(reader.number())) : reader.number() << 16;
  };
  std::uint32_t ours = 0;
  for (const tcp::Listener& listener : half.state.listeners)
    for (const tcp::Request& request : listener.requests)
      if (request.remote == arrived.remote) ours = request.ours + 1, arrived.header.sequence = request.theirs + 1;
  arrived.header.sequence = near(c ? c->in.next : arrived.header.sequence);
  arrived.header.acknowledgment = near(c ? c->out.next : ours);
  arrived.header.window = static_cast<std::uint16_t>(reader.number());
  arrived.payload = Bytes(std::vector<std::uint8_t>(reader.byte() < 128 ? 0 : reader.number() % 3000, 7));
  arrived.options = tcp::readOptions(reader.take(reader.byte() % 41), arrived.header.has(tcp::kSyn));
  if (c && reader.byte() < 64 && !c->out.flight.empty()) {
    // A block around what is under way.
    const tcp::Chunk& chunk = c->out.flight[reader.byte() % c->out.flight.size()];
    arrived.options.sackCount = 1;
    arrived.options.sack[0] = {chunk.sequence + reader.byte(), chunk.end - reader.byte()};
  }
  arrived.mtu = 100 + reader.byte() * 16u;
  return arrived;
}

void act(Half& half, fuzz::Reader reader) {
  const std::uint8_t what = reader.byte();
  const std::uint32_t id = half.ids.empty() ? 0 : half.ids[reader.byte() % half.ids.size()];
  switch (what % 12) {
    case 0: half.now = half.now + milliseconds(reader.number() % 2000); break;
    case 1: half.now = half.now + seconds(reader.byte()); break;
    case 2: half.act([&](tcp::Work work) { tcp::write(work, id, Bytes(std::vector<std::uint8_t>(reader.number(), 3))); }); break;
    case 3: half.act([&](tcp::Work work) { tcp::read(work, id, reader.number()); }); break;
    case 4: half.act([&](tcp::Work work) { reader.byte() < 100 ? tcp::shutdown(work, id) : tcp::close(work, id, reader.byte() < 50); }); break;
    case 5:
      half.act([&](tcp::Work work) {
        if (const auto fresh = tcp::accept(work, half.state.listeners.empty() ? 0 : half.state.listeners[0].id, SocketId{half.sockets++})) half.ids.push_back(*fresh);
      });
      break;
    case 6: half.act([&](tcp::Work work) { tcp::hold(work, id, half.now + microseconds(reader.number())); }); break;
    case 7:
      half.act([&](tcp::Work work) {
        if (const tcp::Connection* c = half.state.find(id)) tcp::pathMtuIsLower(work, c->local, c->remote, c->out.unacked, reader.number());
      });
      break;
    default: {
      const tcp::Arrived arrived = segmentFor(half, reader);
      half.act([&](tcp::Work work) { tcp::receive(work, arrived); });
    }
  }
  for (int i = 0; i < 100 && half.state.nextDeadline <= half.now; ++i) {
    half.act([&](tcp::Work work) { tcp::expire(work); });
    for (const auto& one : half.state.connections) checkCounts(*one);
  }
  for (const auto& one : half.state.connections) {
    checkCounts(*one);
    HW_CHECK(half.state.nextDeadline <= one->deadline());
  }
}

void begin(Half& half, std::uint8_t how) {
  half.config.sack = how % 2 == 0;
  half.config.timestamps = how % 4 < 2;
  half.config.control = how % 8 < 4 ? tcp::Control::Cubic : tcp::Control::Reno;
  half.config.receiveDefault = how % 16 < 8 ? 131'072 : 5000;
  half.act([&](tcp::Work work) { tcp::listen(work, kServer, SocketId{1}, 3, {}, {}); });
  half.act([&](tcp::Work work) { half.ids.push_back(*tcp::open(work, {kClient, kPeer, SocketId{2}, 1500, {}, {}})); });
}

}  // namespace
}  // namespace hw

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hw;
  fuzz::Reader reader({data, size});
  Half one, twin;
  const std::uint8_t how = reader.byte();
  begin(one, how);
  begin(twin, how);
  for (int i = 0; i < kMostInputs && !reader.atEnd(); ++i) {
    const ByteView input = reader.take(16);
    act(one, fuzz::Reader(input));
    act(twin, fuzz::Reader(input));
    HW_CHECK(one.state == twin.state);
    HW_CHECK(one.out.segments.size() == twin.out.segments.size());
  }
  return 0;
}
