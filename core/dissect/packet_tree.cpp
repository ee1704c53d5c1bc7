#include "core/dissect/packet_tree.h"

namespace hw::dissect {
namespace {

const TreeField* findIn(const std::vector<TreeField>& fields, std::string_view name) {
  for (const TreeField& field : fields) {
    if (field.name() == name) return &field;
    if (const TreeField* below = findIn(field.fields, name)) return below;
  }
  return nullptr;
}

}  // namespace

std::string TreeField::text(Language language) const {
  std::string out(about->label.in(language));
  if (about->show == Show::None) return out;
  out += language == Language::Chinese ? "：" : ": ";
  const std::string_view named = word.in(language);
  if (named.empty()) return out + show;
  return out + std::string(named) + " (" + show + ")";
}

const TreeField* findField(const PacketTree& tree, std::string_view name) {
  for (const Layer& layer : tree.layers)
    if (const TreeField* found = findIn(layer.fields, name)) return found;
  return nullptr;
}

}  // namespace hw::dissect
