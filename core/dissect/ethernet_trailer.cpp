#include "core/dissect/ethernet_trailer.h"

#include <algorithm>

#include "core/dissect/ethernet_fields.h"
#include "core/dissect/value_names.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kFrameWithFcs = ethernet::kMinimumFrame + ethernet::kFcsSize;

/// Adds the zeros that fill the frame to 60 bytes; result: what is left of `rest`.
Slice addPadding(Fields& out, const Slice& rest) {
  const std::uint32_t frameSize = rest.pos + rest.reported;
  if (frameSize < ethernet::kMinimumFrame || rest.pos >= ethernet::kMinimumFrame) return rest;
  const std::uint32_t needed = ethernet::kMinimumFrame - rest.pos;
  const ByteView padding = rest.view(0, needed);
  if (padding.empty() ||
      std::any_of(padding.begin(), padding.end(), [](auto byte) { return byte != 0; }))
    return rest;
  addBytes(out, eth("eth.padding"), {rest.pos, static_cast<std::uint32_t>(padding.size())},
           padding);
  return rest.from(needed);
}

void addTrailer(Fields& out, const Slice& rest, const Field& trailer, bool padded) {
  if (rest.bytes.empty()) return;
  TreeField& field = addBytes(out, trailer, {rest.pos, rest.size()}, rest.bytes);
  if (padded || rest.pos >= ethernet::kMinimumFrame) return;
  if (rest.pos + rest.reported < ethernet::kMinimumFrame) return;
  addRemark(field, {&eth("eth.padding_bad"), Severity::Note, Group::Protocol,
                    "Didn't find padding of zeros, and an undecoded trailer exists. There may be "
                    "padding of non-zeros."});
}

}  // namespace

void addEthernetTrailer(Fields& out, const Slice& frame, const Slice& rest, const Field& trailer) {
  if (rest.bytes.empty()) return;
  const Slice left = addPadding(out, rest);
  const bool padded = left.pos != rest.pos;
  const bool fcs = frame.reported >= kFrameWithFcs && left.reported >= ethernet::kFcsSize &&
                   left.size() == left.reported;
  if (!fcs) return addTrailer(out, left, trailer, padded);
  const std::uint32_t at = left.size() - ethernet::kFcsSize;
  addTrailer(out, left.limited(at), trailer, padded);
  addNumber(out, eth("eth.fcs"), left.span(at, ethernet::kFcsSize),
            left.number(at, ethernet::kFcsSize));
  addNumber(out, eth("eth.fcs.status"), left.span(at, 0), kUnverified,
            checksumStatusName(kUnverified))
      .generated = true;
}

void addVlanTrailer(Fields& out, const Slice& rest) {
  if (rest.bytes.empty()) return;
  const Slice left = addPadding(out, rest);
  addTrailer(out, left, eth("vlan.trailer"), left.pos != rest.pos);
}

}  // namespace hw::dissect
