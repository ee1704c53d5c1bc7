// RFC 1112, RFC 2236, RFC 3376 4.
#include <algorithm>

#include "core/dissect/igmp_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"
#include "core/proto/igmp/igmp_wire.h"
#include "core/wire/checksum.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kShortSize = 8;  // of version 1 and 2

consteval const Field& report(std::string_view key) { return fieldOf<igmp::Report>(key); }
consteval const Field& record(std::string_view key) { return fieldOf<igmp::Record>(key); }

std::uint64_t versionOf(std::uint64_t type, const Slice& message) {
  switch (type) {
  case igmp::kReportV3: return 3;
  case igmp::kReportV1: return 1;
  case igmp::kQuery:
    if (message.reported > kShortSize) return 3;
    return message.has(1, 1) && message.bytes[1] == 0 ? 1 : 2;
  default: return 2;
  }
}

void addChecksum(Dissection& d, Fields& out, const Slice& message) {
  TreeField& field = addNumber(out, report("igmp.checksum"), message.span(2, 2), message.number(2, 2));
  std::uint64_t status = kUnverified;
  if (!d.fragmented && !d.inError && message.size() >= message.reported) {
    status = internetChecksum(message.bytes) == 0 ? kGood : kBad;
    if (status == kBad)
      addRemark(field, {&igmpField("igmp.bad_checksum"), Severity::Warning, Group::Checksum, "Bad checksum"});
  }
  addNumber(out, igmpField("igmp.checksum.status"), message.span(2, 0), status, checksumStatusName(status)).generated = true;
}

/// Result: where the next record starts, or 0 if this one is cut.
std::uint32_t addRecord(Dissection& d, Fields& out, const Slice& message, std::uint32_t at) {
  if (!message.has(at, igmp::kRecordSize)) {
    d.runOut(message.from(std::min(at, message.size())));
    return 0;
  }
  const auto sources = static_cast<std::uint32_t>(message.number(at + 2, 2));
  const std::uint32_t size = igmp::kRecordSize + 4 * sources + 4 * static_cast<std::uint32_t>(message.number(at + 1, 1));
  Fields& below = addHeading(out, headingIn(kIgmpFields, "Group Record"), message.span(at, size)).fields;
  FieldReader reader(d, below, message);
  reader.number(record("igmp.record_type"), at, 1);
  reader.number(record("igmp.aux_data_len"), at + 1, 1);
  reader.number(record("igmp.num_src"), at + 2, 2);
  reader.number(record("igmp.maddr"), at + 4, 4);
  for (std::uint32_t i = 0; i < sources && reader.good(); ++i)
    reader.number(igmpField("igmp.saddr"), at + igmp::kRecordSize + 4 * i, 4);
  return reader.good() ? at + size : 0;
}

void addReport(Dissection& d, Layer& layer, const Slice& message) {
  FieldReader reader(d, layer.fields, message);
  reader.bytes(report("igmp.reserved"), 1, 1);
  if (!reader.need(2, 2)) return;
  addChecksum(d, layer.fields, message);
  reader.bytes(report("igmp.reserved"), 4, 2);
  const std::uint64_t records = reader.number(report("igmp.num_grp_recs"), 6, 2);
  std::uint32_t at = igmp::kHeaderSize;
  for (std::uint64_t i = 0; i < records && at != 0 && reader.good(); ++i) at = addRecord(d, layer.fields, message, at);
}

/// Queries, and all of versions 1 and 2: eight bytes with one group.
void addShort(Dissection& d, Layer& layer, const Slice& message, std::uint64_t version) {
  FieldReader reader(d, layer.fields, message);
  if (version == 1) reader.bytes(report("igmp.reserved"), 1, 1);
  else if (reader.need(1, 1))
    addText(layer.fields, igmpField("igmp.max_resp"), message.span(1, 1), std::to_string(message.number(1, 1)));
  if (!reader.good() || !reader.need(2, 2)) return;
  addChecksum(d, layer.fields, message);
  reader.number(record("igmp.maddr"), 4, 4);
}

}  // namespace

void dissectIgmp(Dissection& d, const Slice& payload) {
  Layer* layer = d.open(Schema<igmp::Report>::info, {payload.pos, payload.size()});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  if (!reader.need(0, 1)) return;
  const std::uint64_t type = payload.number(0, 1), version = versionOf(type, payload);
  addNumber(layer->fields, igmpField("igmp.version"), payload.span(0, 0), version).generated = true;
  addNumber(layer->fields, report("igmp.type"), payload.span(0, 1), type);
  if (type == igmp::kReportV3) addReport(d, *layer, payload);
  else addShort(d, *layer, payload, version);
}

}  // namespace hw::dissect
