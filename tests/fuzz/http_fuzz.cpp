// Any bytes as a request, a response, a URL, a chunked content, and whole connections of them to a server and from one to a client.
// Whatever comes: nothing is longer than its bounds, and what comes in pieces is what comes at once.
#include "core/base/check.h"
#include "core/process/process.h"
#include "tests/fuzz/reader.h"

namespace hw {
namespace {

/// A stack in which every connection stands at once and brings the input's bytes, a piece at a time.
class Wire final : public socket::Calls {
 public:
  explicit Wire(fuzz::Reader& reader) : m_reader(reader) {}
  bool isOver() const { return m_reader.atEnd(); }
  /// What is left of a piece is read in the next step.
  void nextPiece() { m_left = m_reader.byte(); }

  SocketId open(socket::Kind) override { return SocketId{m_next++}; }
  void close(SocketId) override {}
  std::optional<socket::Errno> bind(SocketId, socket::Endpoint) override { return std::nullopt; }
  std::optional<socket::Errno> connect(SocketId, socket::Endpoint) override { return std::nullopt; }
  std::optional<socket::Errno> send(SocketId, const socket::SendRequest&) override { return std::nullopt; }
  std::optional<socket::Datagram> receive(SocketId) override {
    const std::uint8_t size = m_reader.byte();
    if (size == 0) return std::nullopt;
    socket::Datagram datagram;
    datagram.data = Bytes(m_reader.take(size));
    datagram.from = {Ipv4Address{size % 3u}, 5000};
    return datagram;
  }
  std::optional<socket::Errno> takeError(SocketId) override { return std::nullopt; }
  std::optional<socket::ErrorReport> receiveError(SocketId) override { return std::nullopt; }
  socket::Options& options(SocketId) override { return m_options; }
  socket::Endpoint local(SocketId) override { return {}; }
  std::optional<socket::Errno> join(SocketId, Ipv4Address, std::optional<InterfaceId>) override { return std::nullopt; }
  std::optional<InterfaceId> interfaceOf(Ipv4Address) override { return std::nullopt; }
  std::optional<socket::Errno> attach(SocketId, InterfaceId) override { return std::nullopt; }
  std::optional<socket::Errno> connectSix(SocketId, const socket::SixPeer&) override { return std::nullopt; }
  Ipv6Address localSix(SocketId) override { return {}; }
  std::uint32_t pathMtu(SocketId) override { return 1500; }
  std::optional<socket::Errno> listen(SocketId, std::uint32_t) override { return std::nullopt; }
  Expected<socket::Accepted, socket::Errno> accept(SocketId) override {
    if (m_accepted++ % 2 != 0) return unexpected(socket::Errno::WouldBlock);
    return socket::Accepted{SocketId{m_next++}, {}};
  }
  bool isConnected(SocketId) override { return true; }
  Expected<std::uint32_t, socket::Errno> write(SocketId, const Bytes& data) override {
    if (m_reader.byte() % 4 == 0) return unexpected(socket::Errno::WouldBlock);
    return std::min<std::uint32_t>(data.size(), 50'000);
  }
  Expected<Bytes, socket::Errno> read(SocketId, std::uint32_t most) override {
    HW_CHECK(most > 0);
    if (m_reader.atEnd()) return Bytes();
    if (m_left == 0) return unexpected(socket::Errno::WouldBlock);
    const Bytes data(m_reader.take(std::min({most, m_left, 64u})));
    m_left -= std::min(m_left, data.size());
    return data;
  }
  std::optional<socket::Errno> shutdown(SocketId) override { return std::nullopt; }
  void applyOptions(SocketId) override {}
  socket::StreamInfo streamInfo(SocketId) override { return {}; }
  std::optional<socket::Errno> sendFrame(SocketId, MacAddress, std::uint16_t, ByteView) override { return std::nullopt; }
  std::optional<InterfaceId> interfaceNamed(std::string_view) override { return std::nullopt; }
  MacAddress macOf(InterfaceId) override { return {}; }
  std::optional<Ipv4Address> addressOf(InterfaceId, Ipv4Address) override { return std::nullopt; }

 private:
  fuzz::Reader& m_reader;
  socket::Options m_options;
  std::uint32_t m_next = 1;
  std::uint32_t m_accepted = 0;
  std::uint32_t m_left = 0;
};

void checkFunctions(std::string_view text) {
  namespace http = process::http;
  const auto end = http::headEnd(text);
  HW_CHECK(end.value_or(0) <= text.size() && http::emptyLines(text) <= text.size());
  const std::string_view head = text.substr(0, end.value_or(text.size()));
  const auto request = http::parseRequest(head);
  HW_CHECK(!request || request->method == http::Method::Other || request->target.starts_with('/'));
  const auto response = http::parseResponse(head);
  HW_CHECK(!response || (response->status >= 100 && response->status <= 999));
  const auto url = http::parseUrl(text);
  HW_CHECK(!url || (url->port != 0 && !url->host.empty() && url->target.starts_with('/')));
  const auto plain = http::decodePercent(text);
  HW_CHECK(!plain || plain->size() <= text.size());
  http::Chunks whole, pieces;
  std::string content;
  for (std::size_t at = 0; at < text.size(); at += 7) content += pieces.take(text.substr(at, 7));
  const std::string atOnce = whole.take(text);
  HW_CHECK(whole.at != http::Chunks::At::Broken ? content == atOnce && whole == pieces : pieces.at == http::Chunks::At::Broken);
}

process::Program programOf(std::uint8_t kind) {
  switch (kind % 5) {
    case 0: return process::HttpServe{};
    case 1: return process::Curl{};
    case 2: return process::Gateway{};
    default: {
      process::Iperf iperf;
      iperf.options.datagrams = true;
      iperf.options.server = kind % 5 == 3;
      iperf.options.bytes = 5000;
      iperf.options.interval = seconds(1);
      return iperf;
    }
  }
}

}  // namespace
}  // namespace hw

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hw;
  constexpr int kMostSteps = 200;
  checkFunctions({reinterpret_cast<const char*>(data), size});
  fuzz::Reader reader({data, size});
  process::Process process{ProcessId{1}, programOf(reader.byte()), kNever};
  Wire wire(reader);
  RandomStream random(1, 1);
  Time now;
  for (int i = 0; i < kMostSteps; ++i) {
    std::vector<process::Record> printed;
    wire.nextPiece();
    process::Context context{now, wire, random, process::Signal::None, printed};
    const process::Next next = process.step(context);
    for (const process::Record& one : printed) process::text(one);
    HW_CHECK(next.ended || next.deadline >= now);
    if (next.ended || wire.isOver()) break;
    now = now + milliseconds(100);
  }
  return 0;
}
