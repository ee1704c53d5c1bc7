// Read first: RFC 9293 3.1, RFC 7323 2 and 3, RFC 2018 2 and 3.
#include "core/proto/tcp/options.h"

#include <algorithm>

#include "core/wire/byte_order.h"

namespace hw::tcp {
namespace {

void readOne(Options& options, ByteView one, bool syn) {
  const std::size_t size = one.size();
  switch (one[0]) {
    case kMaximumSegmentSize:
      if (syn && size == 4 && load16(&one[2]) != 0) options.mss = load16(&one[2]);
      break;
    case kWindowScale:
      if (syn && size == 3) options.windowScale = std::min(one[2], kMaxWindowScale);
      break;
    case kSackPermitted: options.sackPermitted = options.sackPermitted || (syn && size == 2); break;
    case kTimestamps:
      if (size == 10) options.stamps = Stamps{load32(&one[2]), load32(&one[6])};
      break;
    case kSack:
      if (size < 10 || (size - 2) % 8 != 0) break;
      for (std::size_t at = 2; at + 8 <= size && options.sackCount < kMaxSackBlocks; at += 8)
        options.sack[options.sackCount++] = {load32(&one[at]), load32(&one[at + 4])};
      break;
    default: break;
  }
}

/// Bytes one after the other.
class OptionWriter {
 public:
  explicit OptionWriter(std::span<std::uint8_t, kMaxOptions> out) : m_out(out) {}
  void bytes(std::initializer_list<std::uint8_t> list) {
    for (const std::uint8_t one : list) m_out[m_size++] = one;
  }
  void word(std::uint32_t value) {
    store32(&m_out[m_size], value);
    m_size += 4;
  }
  std::uint32_t size() const { return m_size; }

 private:
  std::span<std::uint8_t, kMaxOptions> m_out;
  std::uint32_t m_size = 0;
};

}  // namespace

Options readOptions(ByteView bytes, bool syn) {
  Options options;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == kEndOfOptions) break;
    if (bytes[at] == kNoOperation) {
      ++at;
      continue;
    }
    if (at + 2 > bytes.size() || bytes[at + 1] < 2 || at + bytes[at + 1] > bytes.size()) break;
    readOne(options, bytes.subspan(at, bytes[at + 1]), syn);
    at += bytes[at + 1];
  }
  return options;
}

std::uint32_t writeOptions(const Options& options, std::span<std::uint8_t, kMaxOptions> out) {
  OptionWriter writer(out);
  if (options.mss)
    writer.bytes({kMaximumSegmentSize, 4, static_cast<std::uint8_t>(*options.mss >> 8), static_cast<std::uint8_t>(*options.mss)});
  if (options.sackPermitted && options.stamps) writer.bytes({kSackPermitted, 2});
  else if (options.sackPermitted) writer.bytes({kNoOperation, kNoOperation, kSackPermitted, 2});
  else if (options.stamps) writer.bytes({kNoOperation, kNoOperation});
  if (options.stamps) {
    writer.bytes({kTimestamps, 10});
    writer.word(options.stamps->value);
    writer.word(options.stamps->echo);
  }
  if (options.windowScale) writer.bytes({kNoOperation, kWindowScale, 3, *options.windowScale});
  const std::size_t room = (kMaxOptions - writer.size() - 4) / 8;
  const std::size_t blocks = std::min<std::size_t>(options.sackCount, writer.size() + 4 > kMaxOptions ? 0 : room);
  if (blocks == 0) return writer.size();
  writer.bytes({kNoOperation, kNoOperation, kSack, static_cast<std::uint8_t>(2 + 8 * blocks)});
  for (std::size_t i = 0; i < blocks; ++i) {
    writer.word(options.sack[i].left);
    writer.word(options.sack[i].right);
  }
  return writer.size();
}

}  // namespace hw::tcp
