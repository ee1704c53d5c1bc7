// A host and a peer whose segments the test makes by hand.
//
//   Peer peer;
//   peer.serve("accept recv:10");
//   peer.open();                       // three segments
//   peer.send(tcp::kAck, "0123456789");
//   peer.last().acknowledgment
#pragma once

#include "core/proto/tcp/sequence.h"
#include "core/proto/tcp/tcp.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {

constexpr const char* kAlone = R"(
  host h1 eth0 192.0.2.1/24
  bridge sw
  link h1:eth0 sw:p1)";

/// A TCP segment in a datagram, its checksum right.
inline Raw tcpDatagram(const char* from, const char* to, tcp::Header header, const tcp::Options& options, const Raw& data) {
  tcp::Segment segment;
  segment.local = {address(from), header.sourcePort};
  segment.remote = {address(to), header.destinationPort};
  segment.optionsSize = tcp::writeOptions(options, segment.options);
  header.headerWords = static_cast<std::uint8_t>((tcp::kHeaderSize + segment.optionsSize) / 4);
  segment.header = header;
  segment.payload = Bytes(ByteView(data));
  header.checksum = tcp::checksumOf(segment);
  Raw bytes = encoded(header);
  bytes.insert(bytes.end(), segment.options.begin(), segment.options.begin() + segment.optionsSize);
  return ipDatagram(ipHeader(from, to, ipv4::kTcp), bytes + data);
}

inline std::vector<process::TcpOperation> operations(std::string_view words) {
  std::vector<process::TcpOperation> all;
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    all.push_back(*process::tcpOperation(words.substr(0, blank)));
    words = blank == words.npos ? std::string_view() : words.substr(blank + 1);
  }
  return all;
}

inline process::TcpServe tcpServe(std::string_view script, std::uint16_t port = 80) {
  process::TcpServe program;
  program.port = port;
  program.script.operations = operations(script);
  return program;
}

inline process::TcpClient tcpClient(const char* to, std::string_view script, std::uint16_t port = 80) {
  process::TcpClient program;
  program.target = address(to);
  program.port = port;
  program.sourcePort = 40'000;
  program.script.operations = operations(script);
  return program;
}

class Peer {
 public:
  static constexpr const char* kHost = "192.0.2.1";
  static constexpr const char* kPeer = "192.0.2.2";

  Lab lab{kAlone};
  std::uint16_t mine = 5000;
  std::uint16_t theirs = 80;
  std::uint32_t sequence = 1000;    ///< of the peer's next byte
  std::uint32_t acknowledged = 0;   ///< what it has received
  std::uint16_t window = 60'000;
  tcp::Options options;             ///< of segments that are no SYN
  bool stamps = false;

  Peer() {
    EditNeighbour known;
    known.port = InterfaceId{1};
    known.address = address(kPeer);
    known.mac = mac("02:00:00:00:00:99");
    lab.input("h1", known);
  }
  void serve(std::string_view script) { lab.start("h1", tcpServe(script)); }
  void connect(std::string_view script) {
    mine = 80;
    theirs = 40'000;
    lab.start("h1", tcpClient(kPeer, script));
  }

  void raw(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack, const Raw& data = {}, tcp::Options with = {}) {
    tcp::Header header;
    header.sourcePort = mine;
    header.destinationPort = theirs;
    header.sequence = seq;
    header.acknowledgment = ack;
    header.flags = flags;
    header.window = window;
    datagram(tcpDatagram(kPeer, kHost, header, with, data));
  }
  void datagram(const Raw& bytes) {
    lab.inject("h1:eth0", ethernetFrame(lab.macOf("h1:eth0"), mac("02:00:00:00:00:99"), ethernet::kIpv4, bytes));
    lab.run("100us");
  }
  /// A segment in order; what it carries counts.
  void send(std::uint16_t flags, const Raw& data = {}) {
    raw(flags, sequence, acknowledged, data, options);
    sequence += static_cast<std::uint32_t>(data.size()) + ((flags & (tcp::kSyn | tcp::kFin)) != 0 ? 1 : 0);
  }
  /// Acknowledges all that has come so far.
  void ack() {
    for (const tcp::Header& one : segments())
      if (tcp::after(end(one), acknowledged) || acknowledged == 0) acknowledged = end(one);
    send(tcp::kAck);
  }

  tcp::Options synOptions(std::uint16_t mss = 1460) const {
    tcp::Options all;
    all.mss = mss;
    all.sackPermitted = true;
    all.windowScale = std::uint8_t{0};
    if (stamps) all.stamps = tcp::Stamps{100, 0};
    return all;
  }
  /// The peer opens to a server.
  void open(std::uint16_t mss = 1460) {
    raw(tcp::kSyn, sequence, 0, {}, synOptions(mss));
    ++sequence;
    acknowledged = last().sequence + 1;
    send(tcp::kAck);
  }
  /// The peer answers a client's SYN.
  void answer(std::uint16_t mss = 1460) {
    lab.run("1ms");
    acknowledged = last().sequence + 1;
    raw(tcp::kSyn | tcp::kAck, sequence, acknowledged, {}, synOptions(mss));
    ++sequence;
    lab.run("1ms");
  }

  /// The segments that the host has sent, oldest first.
  std::vector<tcp::Header> segments() const {
    std::vector<tcp::Header> all;
    for (const Raw& one : frames()) all.push_back(load<tcp::Header>(one.data() + 34));
    return all;
  }
  std::vector<Raw> frames() const {
    std::vector<Raw> all = ipOnly(lab.sent("h1:eth0"));
    std::erase_if(all, [](const Raw& one) { return ipOf(one).protocol != ipv4::kTcp; });
    return all;
  }
  tcp::Header last() const { return segments().back(); }
  tcp::Options lastOptions() const {
    const Raw frame = frames().back();
    const auto header = load<tcp::Header>(frame.data() + 34);
    return tcp::readOptions(ByteView(frame).subspan(54, header.headerSize() - 20), header.has(tcp::kSyn));
  }
  std::size_t count() const { return segments().size(); }
  bool decided(const char* key) const { return lab.count("h1", key) != 0; }
  const tcp::State& state() const { return lab.state("h1").tcp; }
  const tcp::Connection& connection() const { return *state().connections.back(); }
  std::string printed() const { return lab.printed("h1"); }

 private:
  static std::uint32_t end(const tcp::Header& header) { return header.sequence + (header.has(tcp::kSyn) || header.has(tcp::kFin) ? 1 : 0); }
};

}  // namespace hw::test
