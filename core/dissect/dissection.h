// One packet on the way through the dissectors: the tree that grows, and what outer layers told.
#pragma once

#include "core/dissect/common_fields.h"
#include "core/dissect/conversation.h"
#include "core/dissect/dissect.h"
#include "core/dissect/field_writer.h"

namespace hw::dissect {

class CaptureMemory;

/// A packet deeper than this is not unfolded further: the rest is data.
inline constexpr std::size_t kMaxLayers = 64;

/// A piece of a data source: its captured bytes, where they start in it, and how many bytes the
/// headers outside promise (more than are here if the capture cut the frame).
struct Slice {
  ByteView bytes;
  std::uint32_t pos = 0;
  std::uint32_t reported = 0;

  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes.size()); }
  bool has(std::uint32_t offset, std::uint32_t count) const {
    return offset <= size() && count <= size() - offset;
  }
  Span span(std::uint32_t offset, std::uint32_t count) const { return {pos + offset, count}; }
  /// The bytes [offset, offset + count) clipped to what is there.
  ByteView view(std::uint32_t offset, std::uint32_t count) const;
  /// From `offset` to the end.
  Slice from(std::uint32_t offset) const;
  /// At most `count` bytes: what an inner length says.
  Slice limited(std::uint32_t count) const;
  /// A big-endian number; call only if has(offset, count).
  std::uint64_t number(std::uint32_t offset, std::uint32_t count) const;
};

/// The layer under construction. It stays where it is while inner layers are added.
struct Dissection {
  PacketTree tree;
  CaptureMemory* memory = nullptr;  ///< null: the packet is read by itself
  std::uint32_t number = 1;         ///< of the packet in its capture, from 1
  std::int64_t timeNs = 0;          ///< since 1970-01-01
  std::uint8_t source = 0;          ///< the data source that is being read
  std::uint8_t within = Layer::kTop;
  std::span<const DecodeAs> decodeAs;
  bool inError = false;     ///< inside the quotation of an ICMP error
  bool fragmented = false;  ///< the datagram is not complete
  HostAddress sender;       ///< of the innermost IP header
  HostAddress receiver;

  Dissection();
  /// A new layer, or null if there are kMaxLayers already.
  Layer* open(const SchemaInfo& protocol, Span where);
  std::uint8_t lastLayer() const { return static_cast<std::uint8_t>(tree.layers.size() - 1); }
  /// The tree, with the mark of a packet that is cut or malformed as its last layer.
  PacketTree finish();
  /// The bytes that should be read next are missing from `rest` on.
  void runOut(const Slice& rest);
  void markMalformed(Span rest, Remark remark);

 private:
  Layer m_mark;
};

/// Reads a header field by field. After the first field that is not there, nothing is added any
/// more.
class FieldReader {
 public:
  FieldReader(Dissection& dissection, Fields& out, const Slice& slice)
      : m_dissection(dissection), m_out(&out), m_slice(slice) {}

  /// True while no field was missing.
  bool good() const { return m_good; }
  const Slice& slice() const { return m_slice; }
  /// The same bytes, with fields going below `field`.
  void into(Fields& out) { m_out = &out; }
  Fields& out() { return *m_out; }

  /// False, and the packet is marked, if the bytes are not there.
  bool need(std::uint32_t offset, std::uint32_t count);
  /// Adds the number at `offset`; result: the number, 0 if it is missing.
  std::uint64_t number(const Field& about, std::uint32_t offset, std::uint32_t count);
  /// The same with a name for the value: `name(number)`.
  template <class Name>
  std::uint64_t number(const Field& about, std::uint32_t offset, std::uint32_t count, Name&& name) {
    if (!need(offset, count)) return 0;
    const std::uint64_t value = m_slice.number(offset, count);
    addNumber(*m_out, about, m_slice.span(offset, count), value, name(value));
    return value;
  }
  void bytes(const Field& about, std::uint32_t offset, std::uint32_t count);
  /// Adds the IPv6 address at `offset`; result: the address, :: if it is missing.
  Ipv6Address address(const Field& about, std::uint32_t offset);
  /// The field added last; only after good().
  TreeField& last() { return m_out->back(); }

 private:
  Dissection& m_dissection;
  Fields* m_out;
  Slice m_slice;
  bool m_good = true;
};

}  // namespace hw::dissect
