#include "core/dissect/tree_json.h"

#include "core/dissect/field_writer.h"

namespace hw::dissect {
namespace {

void addQuoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (byte >= 0x20)
      out += c;
    else
      ((out += "\\u00") += kHex[byte >> 4]) += kHex[byte & 0xF];
  }
  out += '"';
}

void addText(std::string& out, std::string_view key, std::string_view text) {
  ((out += '"') += key) += "\":";
  addQuoted(out, text);
  out += ',';
}

void addWhere(std::string& out, Span where) {
  out += "\"pos\":" + std::to_string(where.pos) + ",\"size\":" + std::to_string(where.size);
}

void addFields(std::string& out, const std::vector<TreeField>& fields);

void addField(std::string& out, const TreeField& field) {
  out += '{';
  addText(out, "name", field.name());
  addText(out, "show", field.show);
  addWhere(out, field.where);
  if (field.hidden) out += ",\"hidden\":true";
  if (field.generated) out += ",\"generated\":true";
  addFields(out, field.fields);
  out += '}';
}

void addFields(std::string& out, const std::vector<TreeField>& fields) {
  out += ",\"fields\":[";
  for (const TreeField& field : fields) {
    if (&field != fields.data()) out += ',';
    addField(out, field);
  }
  out += ']';
}

void addLayer(std::string& out, const Layer& layer) {
  out += '{';
  addText(out, "proto", layer.name());
  addText(out, "name", layer.protocol->title.en);
  addWhere(out, layer.where);
  if (layer.source != 0) out += ",\"source\":" + std::to_string(layer.source);
  if (layer.within != Layer::kTop) out += ",\"within\":" + std::to_string(layer.within);
  addFields(out, layer.fields);
  out += '}';
}

}  // namespace

std::string toJson(const PacketTree& tree, std::uint64_t number, std::int64_t timeNs) {
  std::string out = "{\"number\":" + std::to_string(number) + ",";
  addText(out, "time", secondsText(timeNs));
  if (tree.malformed) out += "\"malformed\":true,";
  if (tree.cutShort) out += "\"cut\":true,";
  out += "\"layers\":[";
  for (const Layer& layer : tree.layers) {
    if (&layer != tree.layers.data()) out += ',';
    addLayer(out, layer);
  }
  return out + "]}";
}

}  // namespace hw::dissect
