// Any bytes as a capture file, and as a packet of each link type: nothing crashes, every field lies
// in the bytes it was read from.
#include <sstream>

#include "core/base/check.h"
#include "core/dissect/dissect.h"
#include "core/dissect/tree_json.h"
#include "core/dissect/tree_text.h"
#include "core/trace/capture_reader.h"
#include "tests/core/dissect/tree_check.h"

namespace {

void check(const hw::dissect::PacketTree& tree) { HW_CHECK(hw::dissect::flaw(tree).empty()); }

void print(const hw::dissect::PacketTree& tree) {
  HW_CHECK(!hw::dissect::toJson(tree, 1, 0).empty());
  static_cast<void>(hw::dissect::toText(tree, hw::Language::Chinese));
}

void readAsFile(hw::ByteView bytes) {
  std::istringstream in(std::string(bytes.begin(), bytes.end()));
  auto reader = hw::trace::CaptureReader::open(in);
  if (!reader) return;
  hw::dissect::CaptureDissector dissector;
  for (auto packet = reader->next(); packet && *packet; packet = reader->next()) {
    const hw::trace::CapturePacket& p = **packet;
    HW_CHECK(p.bytes.size() <= hw::trace::kMaxPacketBytes);
    check(dissector.next(
        {p.bytes, reader->interfaces()[p.interface].linkType, p.originalLength, p.timeNs}));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hw::ByteView bytes{data, size};
  readAsFile(bytes);
  for (const std::uint16_t link :
       {hw::dissect::kLinkEthernet, hw::dissect::kLinkRaw, hw::dissect::kLinkCooked}) {
    const hw::dissect::PacketTree tree = hw::dissect::dissectPacket({bytes, link, 0, 0});
    check(tree);
    print(tree);
  }
  return 0;
}
