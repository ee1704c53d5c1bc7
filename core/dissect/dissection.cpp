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
  // Two more than may be opened: the marks of a packet that is cut or malformed. References to a
  // layer stay good because the vector never grows beyond this.
  tree.layers.reserve(kMaxLayers + 2);
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
  if (tree.cutShort || tree.malformed) return;
  const Span where{rest.pos, rest.size()};
  if (rest.reported > rest.size()) {
    tree.cutShort = true;
    Layer& layer = tree.layers.emplace_back();
    layer.protocol = &kShortProtocol;
    layer.where = where;
    layer.source = source;
    return;
  }
  markMalformed(where, {&common("_ws.malformed.expert"), Severity::Error, Group::Malformed,
                        "Malformed Packet (Exception occurred)"});
}

void Dissection::markMalformed(Span rest, Remark remark) {
  if (tree.malformed) return;
  tree.malformed = true;
  Layer& layer = tree.layers.emplace_back();
  layer.protocol = &kMalformedProtocol;
  layer.where = rest;
  layer.source = source;
  addRemark(layer.fields, rest.pos, std::move(remark));
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

}  // namespace hw::dissect
