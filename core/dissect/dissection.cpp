#include "core/dissect/dissection.h"

#include <algorithm>

namespace hw::dissect {

ByteView Slice::view(std::uint32_t offset, std::uint32_t count) const {
  if (offset >= size()) return {};
  return bytes.subspan(offset, std::min(count, size() - offset));
}

Slice Slice::from(std::uint32_t offset) const {
  const std::uint32_t skipped = std::min(offset, size());
  return {bytes.subspan(skipped), pos + offset, reported > offset ? reported - offset : 0};
}

Slice Slice::limited(std::uint32_t count) const {
  return {bytes.first(std::min(count, size())), pos, std::min(count, reported)};
}

std::uint64_t Slice::number(std::uint32_t offset, std::uint32_t count) const {
  std::uint64_t value = 0;
  for (std::uint32_t i = 0; i < count; ++i) value = value << 8 | bytes[offset + i];
  return value;
}

Dissection::Dissection() {
  // References to a layer stay good because the vector never grows beyond this; one more than may
  // be opened is the mark at the end.
  tree.layers.reserve(kMaxLayers + 1);
}

Layer* Dissection::open(const SchemaInfo& protocol, Span where) {
  if (tree.layers.size() >= kMaxLayers) return nullptr;
  Layer& layer = tree.layers.emplace_back();
  layer.protocol = &protocol;
  layer.where = where;
  layer.source = source;
  layer.within = within;
  return &layer;
}

void Dissection::runOut(const Slice& rest) {
  // An ICMP error need not quote all of a datagram (RFC 792).
  if (inError && rest.reported <= rest.size()) return;
  if (rest.reported <= rest.size()) {
    return markMalformed({rest.pos, rest.size()},
                         {&common("_ws.malformed.expert"), Severity::Error, Group::Malformed,
                          "Malformed Packet (Exception occurred)"});
  }
  if (tree.cutShort || tree.malformed) return;
  tree.cutShort = true;
  m_mark.protocol = &kShortProtocol;
  m_mark.where = {rest.pos, rest.size()};
  m_mark.source = source;
}

void Dissection::markMalformed(Span rest, Remark remark) {
  if (tree.malformed) return;
  tree.malformed = true;
  m_mark.protocol = &kMalformedProtocol;
  m_mark.where = rest;
  m_mark.source = source;
  addRemark(m_mark.fields, rest.pos, std::move(remark));
}

PacketTree Dissection::finish() {
  if (m_mark.protocol != nullptr) tree.layers.push_back(std::move(m_mark));
  return std::move(tree);
}

bool FieldReader::need(std::uint32_t offset, std::uint32_t count) {
  if (!m_good) return false;
  if (m_slice.has(offset, count)) return true;
  m_good = false;
  m_dissection.runOut(m_slice.from(offset));
  return false;
}

std::uint64_t FieldReader::number(const Field& about, std::uint32_t offset, std::uint32_t count) {
  return number(about, offset, count, [](std::uint64_t) { return Text{}; });
}

void FieldReader::bytes(const Field& about, std::uint32_t offset, std::uint32_t count) {
  if (!need(offset, count)) return;
  addBytes(*m_out, about, m_slice.span(offset, count), m_slice.view(offset, count));
}

Ipv6Address FieldReader::address(const Field& about, std::uint32_t offset) {
  constexpr std::uint32_t kSize = 16;
  if (!need(offset, kSize)) return {};
  const Ipv6Address value{m_slice.number(offset, 8), m_slice.number(offset + 8, 8)};
  addAddress(*m_out, about, m_slice.span(offset, kSize), value);
  return value;
}

}  // namespace hw::dissect
