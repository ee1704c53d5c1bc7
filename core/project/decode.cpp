#include "core/project/decode.h"

#include <charconv>

#include "core/project/decode_parts.h"

namespace hw::project {
namespace {

constexpr Wanted kWantedText{{"a text", "文本"}, "Two networks"};

constexpr KeyReader<DocumentText> kTextKeys[] = {
    {"en", [](ValueReader& r, const YamlValue& v, DocumentText& out) { r.text(v, kWantedText, out.en); }},
    {"zh_CN", [](ValueReader& r, const YamlValue& v, DocumentText& out) { r.text(v, kWantedText, out.zh); }},
};
static_assert(readsAllOf(Section::Text, kTextKeys));

constexpr KeyReader<Note> kNoteKeys[] = {
    {"text", [](ValueReader& r, const YamlValue& v, Note& out) { readText(r, v, out.text); }},
    {"position", [](ValueReader& r, const YamlValue& v, Note& out) { readPosition(r, v, out.position); }},
};
static_assert(readsAllOf(Section::Note, kNoteKeys));

std::optional<std::uint64_t> parseSeed(std::string_view text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  const bool good = error == std::errc{} && end == text.data() + text.size();
  return good ? std::optional(seed) : std::nullopt;
}

void readVersion(ValueReader& reader, const YamlValue& value, Decoded& out) {
  const Wanted wanted{{"a version of the format", "格式版本"}, "1"};
  int version = 0;
  if (!reader.parsed(value, wanted, parseIntWithin<1, INT32_MAX>, version)) return;
  if (version <= kFormatVersion) return;
  reader.report({.id = ProblemId::NewerVersion,
                 .place = value.place(),
                 .found = inQuotes(value.text()),
                 .right = std::to_string(kFormatVersion)});
  out.document.version = kFormatVersion;
}

/// Notes the element as spoiled if reading it adds an error.
template <class Read>
void guarded(ValueReader& reader, Decoded& out, std::string path, Read read) {
  const std::size_t before = reader.problems().errors();
  read();
  if (reader.problems().errors() > before) out.spoiled.insert(std::move(path));
}

void readNodes(ValueReader& reader, const YamlValue& value, Decoded& out) {
  const Wanted wanted{{"a map of nodes", "节点的映射"}, "{h1: {kind: host}}"};
  const auto members = reader.members(value, wanted);
  out.document.nodes.reserve(members.size());
  for (const auto& member : members) {
    if (reader.problems().full()) return;
    Node& node = out.document.nodes.emplace_back();
    node.name = member.name();
    guarded(reader, out, "nodes/" + node.name, [&] { readNode(reader, member.value, node); });
  }
}

/// Reads the elements of a list into `all` with `read`; their paths start with `path`.
template <class T, class Read>
void readElements(ValueReader& reader, const YamlValue& value, const Wanted& wanted, Decoded& out,
                  std::string_view path, std::vector<T>& all, Read read) {
  const auto items = reader.list(value, wanted);
  all.reserve(items.size());
  for (const YamlValue& item : items) {
    if (reader.problems().full()) return;
    std::string itsPath = std::string(path) + "/" + std::to_string(all.size());
    T& one = all.emplace_back();
    guarded(reader, out, std::move(itsPath), [&] { read(reader, item, one); });
  }
}

void readLinks(ValueReader& reader, const YamlValue& value, Decoded& out) {
  const Wanted wanted{{"a list of links", "链路的列表"}, "- ends: [h1:eth0, h2:eth0]"};
  readElements(reader, value, wanted, out, "links", out.document.links, readLink);
}

void readNote(ValueReader& reader, const YamlValue& value, Note& out) {
  readSection(reader, value, Section::Note, kNoteKeys, out);
}

void readNotes(ValueReader& reader, const YamlValue& value, Decoded& out) {
  const Wanted wanted{{"a list of notes", "注释的列表"}, "- text: Two networks"};
  readElements(reader, value, wanted, out, "notes", out.document.notes, readNote);
}

constexpr KeyReader<Decoded> kProjectKeys[] = {
    {"version", readVersion},
    {"seed",
     [](ValueReader& r, const YamlValue& v, Decoded& out) {
       const Wanted wanted{{"a whole number, 0 or more", "非负整数"}, "1"};
       r.parsed(v, wanted, parseSeed, out.document.seed);
     }},
    {"title", [](ValueReader& r, const YamlValue& v, Decoded& out) { readText(r, v, out.document.title); }},
    {"nodes", readNodes},
    {"links", readLinks},
    {"notes", readNotes},
};
static_assert(readsAllOf(Section::Project, kProjectKeys));

}  // namespace

void readText(ValueReader& reader, const YamlValue& value, DocumentText& out) {
  if (value.kind() == ValueKind::Map) return readSection(reader, value, Section::Text, kTextKeys, out);
  reader.text(value, kWantedText, out.en);
}

void readPosition(ValueReader& reader, const YamlValue& value, std::optional<Position>& out) {
  const Wanted wanted{{"a position [x, y] in whole pixels", "位置 [x, y]（整数像素）"}, "[160, 240]"};
  const auto parts = value.children();
  if (value.kind() != ValueKind::List || parts.size() != 2) return reader.wrongType(value, wanted);
  Position position;
  const auto parse = parseIntWithin<-100'000, 100'000>;
  const bool x = reader.parsed(parts[0], wanted, parse, position.x);
  const bool y = reader.parsed(parts[1], wanted, parse, position.y);
  if (x && y) out = position;
}

Decoded decode(const YamlTree& tree, ProblemList& problems) {
  Decoded out;
  ValueReader reader(problems);
  readSection(reader, tree.root(), Section::Project, kProjectKeys, out);
  return out;
}

}  // namespace hw::project
