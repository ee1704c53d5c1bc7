// The calls of hopwise_stack.h, as somebody uses them who knows nothing else.
#include "core/capi/hopwise_stack.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr std::int64_t kMillisecond = 1'000'000, kSecond = 1'000'000'000;
constexpr hopwise_endpoint kNear{0xC0000201, 0}, kFar{0xC0000202, 7};

using Stack = std::unique_ptr<hopwise_stack, decltype(&hopwise_stack_free)>;

Stack makeHost(int number) {
  Stack stack(hopwise_stack_new("host", static_cast<std::uint64_t>(number)), hopwise_stack_free);
  const std::string mac = "02:00:00:00:00:0" + std::to_string(number), address = "192.0.2." + std::to_string(number) + "/24";
  EXPECT_EQ(hopwise_stack_add_interface(stack.get(), "eth0", mac.c_str(), 1500), 1);
  EXPECT_EQ(hopwise_stack_add_address(stack.get(), 1, address.c_str()), 0);
  return stack;
}

/// Two hosts and a cable that takes a millisecond.
class Pair {
 public:
  hopwise_stack* a() { return m_hosts[0].get(); }
  hopwise_stack* b() { return m_hosts[1].get(); }

  void run(std::int64_t until) {
    for (;;) {
      carry();
      std::int64_t next = std::min(hopwise_stack_next_timer(a()), hopwise_stack_next_timer(b()));
      std::size_t first = m_wire.size();
      for (std::size_t i = 0; i < m_wire.size(); ++i)
        if (m_wire[i].arrives <= next && (first == m_wire.size() || m_wire[i].arrives < m_wire[first].arrives)) first = i;
      if (first < m_wire.size()) next = m_wire[first].arrives;
      if (next > until) break;
      for (const Stack& host : m_hosts) ASSERT_EQ(hopwise_stack_advance(host.get(), next), 0);
      if (first == m_wire.size()) continue;
      const UnderWay frame = m_wire[first];
      m_wire.erase(m_wire.begin() + static_cast<std::ptrdiff_t>(first));
      ASSERT_EQ(hopwise_stack_inject(m_hosts[frame.to].get(), 1, frame.bytes.data(), frame.bytes.size()), 0);
    }
    for (const Stack& host : m_hosts) ASSERT_EQ(hopwise_stack_advance(host.get(), until), 0);
  }
  const std::vector<std::uint8_t>& seen() const { return m_seen; }
  std::uint64_t frames() const { return m_frames; }

 private:
  struct UnderWay {
    std::size_t to = 0;
    std::int64_t arrives = 0;
    std::vector<std::uint8_t> bytes;
  };
  void carry() {
    for (std::size_t from = 0; from < 2; ++from) {
      hopwise_frame what{};
      std::vector<std::uint8_t> bytes(HOPWISE_STACK_MAX_FRAME);
      while (hopwise_stack_take(m_hosts[from].get(), &what, bytes.data(), bytes.size()) == 1) {
        ++m_frames;
        m_seen.insert(m_seen.end(), bytes.begin(), bytes.begin() + what.size);
        m_wire.push_back({1 - from, what.time + kMillisecond, {bytes.begin(), bytes.begin() + what.size}});
      }
    }
  }
  std::vector<Stack> m_hosts = [] {
    std::vector<Stack> hosts;
    hosts.push_back(makeHost(1));
    hosts.push_back(makeHost(2));
    return hosts;
  }();
  std::vector<UnderWay> m_wire;
  std::vector<std::uint8_t> m_seen;
  std::uint64_t m_frames = 0;
};

TEST(Capi, TellsWhatIsWrongWithAConfiguration) {
  const Stack stack = makeHost(1);
  hopwise_stack* s = stack.get();
  EXPECT_EQ(hopwise_stack_version(), HOPWISE_STACK_VERSION);
  EXPECT_EQ(hopwise_stack_add_interface(s, "eth0", "02:00:00:00:00:02", 1500), -EEXIST);
  EXPECT_EQ(hopwise_stack_add_interface(s, "eth1", "02:00:00:00:00", 1500), -EINVAL);
  EXPECT_EQ(hopwise_stack_add_interface(s, "eth1", "02:00:00:00:00:02", 67), -EINVAL);
  EXPECT_EQ(hopwise_stack_add_interface(s, nullptr, nullptr, 1500), -EINVAL);
  EXPECT_EQ(hopwise_stack_add_interface(s, "a-name-of-sixteen", "02:00:00:00:00:02", 1500), -EINVAL);
  EXPECT_EQ(hopwise_stack_add_address(s, 0, "192.0.2.9/24"), -ENODEV);
  EXPECT_EQ(hopwise_stack_add_address(s, 2, "192.0.2.9/24"), -ENODEV);
  EXPECT_EQ(hopwise_stack_add_address(s, 1, "192.0.2.256/24"), -EINVAL);
  EXPECT_EQ(hopwise_stack_add_address(s, 1, "192.0.2.1/24"), -EEXIST);
  EXPECT_EQ(hopwise_stack_add_route(s, "0.0.0.0/0", "198.51.100.1", 1), -ENETUNREACH);
  EXPECT_EQ(hopwise_stack_add_route(s, "0.0.0.0/0", "192.0.2.254", 1), 0);
  EXPECT_EQ(hopwise_stack_add_route(s, "0.0.0.0/0", "192.0.2.254", 1), -EEXIST);
  EXPECT_EQ(hopwise_stack_add_neighbour(s, 1, "192.0.2.254", "nothing"), -EINVAL);
  EXPECT_EQ(hopwise_stack_set(s, "net.ipv4.no_such_knob", "1"), -ENOENT);
  EXPECT_EQ(hopwise_stack_set(s, "net.ipv4.tcp_sack", "many"), -EINVAL);
  EXPECT_EQ(hopwise_stack_set(s, "net.ipv4.tcp_sack", "0"), 0);
  char text[8] = "";
  EXPECT_EQ(hopwise_stack_get(s, "net.ipv4.tcp_sack", text, sizeof text), 1);
  EXPECT_STREQ(text, "0");
  EXPECT_EQ(hopwise_stack_get(s, "net.ipv4.tcp_sack", text, 1), -ENOSPC);
  EXPECT_EQ(hopwise_stack_advance(s, -1), -EINVAL);
  EXPECT_EQ(hopwise_stack_inject(s, 1, text, 3), -EMSGSIZE);
  EXPECT_EQ(hopwise_stack_inject(s, 9, text, 60), -ENODEV);
}

TEST(Capi, ASocketThatIsNotOpenIsABadDescriptor) {
  const Stack stack = makeHost(1);
  hopwise_stack* s = stack.get();
  char byte = 0;
  for (const int socket : {-1, 0, 7}) {
    EXPECT_EQ(hopwise_close(s, socket), -EBADF);
    EXPECT_EQ(hopwise_connect(s, socket, kFar), -EBADF);
    EXPECT_EQ(hopwise_send(s, socket, &byte, 1), -EBADF);
    EXPECT_EQ(hopwise_receive(s, socket, &byte, 1), -EBADF);
    EXPECT_EQ(hopwise_accept(s, socket, nullptr), -EBADF);
  }
  const int udp = hopwise_socket(s, HOPWISE_UDP);
  EXPECT_EQ(udp, 0);
  EXPECT_EQ(hopwise_listen(s, udp, 1), -EOPNOTSUPP);
  EXPECT_EQ(hopwise_set_option(s, udp, HOPWISE_NODELAY, 1), -ENOPROTOOPT);
  EXPECT_EQ(hopwise_send(s, udp, &byte, 1), -EDESTADDRREQ);
  EXPECT_EQ(hopwise_receive(s, udp, &byte, 1), -EAGAIN);
  EXPECT_EQ(hopwise_bind(s, udp, {0xC0000299, 5}), -EADDRNOTAVAIL);
  const int tcp = hopwise_socket(s, HOPWISE_TCP);
  EXPECT_EQ(tcp, 1);
  EXPECT_EQ(hopwise_send(s, tcp, &byte, 1), -ENOTCONN);
  EXPECT_EQ(hopwise_shutdown(s, tcp), -ENOTCONN);
  EXPECT_EQ(hopwise_set_option(s, tcp, HOPWISE_TTL, 0), -EINVAL);
  EXPECT_EQ(hopwise_close(s, udp), 0);
  EXPECT_EQ(hopwise_socket(s, HOPWISE_UDP), 0) << "the lowest number that is free";
}

TEST(Capi, CarriesDatagramsBetweenTwoStacks) {
  Pair pair;
  const int near = hopwise_socket(pair.a(), HOPWISE_UDP), far = hopwise_socket(pair.b(), HOPWISE_UDP);
  ASSERT_EQ(hopwise_bind(pair.b(), far, {0, kFar.port}), 0);
  ASSERT_EQ(hopwise_send_to(pair.a(), near, "one", 3, kFar), 3);
  ASSERT_EQ(hopwise_send_to(pair.a(), near, "three", 5, kFar), 5);
  pair.run(100 * kMillisecond);
  char text[16];
  hopwise_endpoint from{};
  ASSERT_EQ(hopwise_receive_from(pair.b(), far, text, sizeof text, &from), 3) << "borders are kept";
  EXPECT_EQ(from.address, kNear.address);
  ASSERT_EQ(hopwise_receive(pair.b(), far, text, 2), 2) << "the rest is lost";
  EXPECT_EQ(hopwise_receive(pair.b(), far, text, sizeof text), -EAGAIN);
  ASSERT_EQ(hopwise_connect(pair.a(), near, {kFar.address, 9}), 0);
  ASSERT_EQ(hopwise_send(pair.a(), near, "x", 1), 1);
  pair.run(200 * kMillisecond);
  EXPECT_EQ(hopwise_receive(pair.a(), near, text, sizeof text), -ECONNREFUSED) << "nobody listens there";
}

TEST(Capi, AConnectionIsRefusedWhereNobodyListens) {
  Pair pair;
  const int near = hopwise_socket(pair.a(), HOPWISE_TCP);
  EXPECT_EQ(hopwise_connect(pair.a(), near, kFar), -EINPROGRESS);
  EXPECT_EQ(hopwise_connect(pair.a(), near, kFar), -EALREADY);
  pair.run(kSecond);
  EXPECT_EQ(hopwise_error(pair.a(), near), -ECONNREFUSED);
}

/// Sends many bytes from a to b; result: what b has read.
std::string transferred(Pair& pair, const std::string& text) {
  const int listener = hopwise_socket(pair.b(), HOPWISE_TCP), near = hopwise_socket(pair.a(), HOPWISE_TCP);
  EXPECT_EQ(hopwise_bind(pair.b(), listener, {0, kFar.port}), 0);
  EXPECT_EQ(hopwise_listen(pair.b(), listener, 4), 0);
  EXPECT_EQ(hopwise_connect(pair.a(), near, kFar), -EINPROGRESS);
  std::string read;
  std::size_t written = 0;
  int far = -1;
  bool ended = false;
  for (std::int64_t now = 0; now < 20 * kSecond && !ended; now += 5 * kMillisecond) {
    pair.run(now);
    if (far < 0) far = hopwise_accept(pair.b(), listener, nullptr);
    if (written < text.size()) {
      const std::int64_t taken = hopwise_send(pair.a(), near, text.data() + written, text.size() - written);
      if (taken > 0) written += static_cast<std::size_t>(taken);
      if (written == text.size()) {
        EXPECT_EQ(hopwise_shutdown(pair.a(), near), 0);
      }
    }
    if (far < 0) continue;
    char some[5000];
    for (std::int64_t got = 0; (got = hopwise_receive(pair.b(), far, some, sizeof some)) >= 0;) {
      if (got == 0) ended = true;
      if (got == 0) break;
      read.append(some, static_cast<std::size_t>(got));
    }
  }
  EXPECT_TRUE(ended);
  EXPECT_EQ(hopwise_close(pair.b(), far), 0);
  EXPECT_EQ(hopwise_close(pair.a(), near), 0);
  return read;
}

TEST(Capi, AStreamArrivesWholeAndTheSameCallsGiveTheSameBytes) {
  std::string text(300'000, '.');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * 7 % 26);
  Pair one, other;
  EXPECT_EQ(transferred(one, text), text);
  EXPECT_EQ(transferred(other, text), text);
  EXPECT_EQ(one.seen(), other.seen());
}

TEST(Capi, LoopbackNeedsNoCable) {
  const Stack stack = makeHost(1);
  hopwise_stack* s = stack.get();
  const int listener = hopwise_socket(s, HOPWISE_TCP), near = hopwise_socket(s, HOPWISE_TCP);
  ASSERT_EQ(hopwise_bind(s, listener, {0, 80}), 0);
  ASSERT_EQ(hopwise_listen(s, listener, 1), 0);
  ASSERT_EQ(hopwise_connect(s, near, {0x7F000001, 80}), -EINPROGRESS);
  ASSERT_EQ(hopwise_stack_advance(s, kMillisecond), 0);
  EXPECT_EQ(hopwise_connect(s, near, {0x7F000001, 80}), -EISCONN);
  const int far = hopwise_accept(s, listener, nullptr);
  ASSERT_GE(far, 0);
  ASSERT_EQ(hopwise_send(s, far, "self", 4), 4);
  ASSERT_EQ(hopwise_stack_advance(s, 2 * kMillisecond), 0);
  char text[8];
  EXPECT_EQ(hopwise_receive(s, near, text, sizeof text), 4);
  hopwise_frame what{};
  EXPECT_EQ(hopwise_stack_take(s, &what, nullptr, 0), 0) << "nothing left the machine";
}

TEST(Capi, AFrameThatDoesNotFitStaysTheNextOne) {
  const Stack stack = makeHost(1);
  hopwise_stack* s = stack.get();
  const int udp = hopwise_socket(s, HOPWISE_UDP);
  ASSERT_EQ(hopwise_send_to(s, udp, "x", 1, kFar), 1);
  hopwise_frame what{};
  std::vector<std::uint8_t> bytes(2000);
  EXPECT_EQ(hopwise_stack_take(s, &what, bytes.data(), 10), -ENOSPC);
  EXPECT_EQ(what.size, 60u) << "an ARP request, padded";
  EXPECT_EQ(hopwise_stack_take(s, &what, bytes.data(), bytes.size()), 1);
  EXPECT_EQ(what.interface, 1);
  EXPECT_EQ(bytes[12] << 8 | bytes[13], 0x0806);
  EXPECT_EQ(hopwise_stack_take(s, &what, bytes.data(), bytes.size()), 0);
}

}  // namespace
