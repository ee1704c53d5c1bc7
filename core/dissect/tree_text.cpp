#include "core/dissect/tree_text.h"

namespace hw::dissect {
namespace {

/// Cut between two characters of UTF-8.
void addCut(std::string& out, const std::string& line, std::size_t limit) {
  if (line.size() <= limit) {
    out += line;
    return;
  }
  while (limit > 0 && (static_cast<unsigned char>(line[limit]) & 0xC0) == 0x80) --limit;
  (out += line.substr(0, limit)) += "…";
}

void addFields(std::string& out, const std::vector<TreeField>& fields, std::size_t depth,
               Language language) {
  for (const TreeField& field : fields) {
    if (field.hidden) continue;
    out.append(2 * depth, ' ');
    if (field.generated) out += '[';
    addCut(out, field.text(language), kMaxValue + field.about->label.in(language).size());
    if (field.generated) out += ']';
    out += '\n';
    addFields(out, field.fields, depth + 1, language);
  }
}

}  // namespace

std::string toText(const PacketTree& tree, Language language) {
  std::string out;
  for (const Layer& layer : tree.layers) {
    const std::size_t depth = layer.within == Layer::kTop ? 0 : 1;
    out.append(2 * depth, ' ');
    (out += layer.protocol->title.in(language)) += '\n';
    addFields(out, layer.fields, depth + 1, language);
  }
  return out;
}

}  // namespace hw::dissect
