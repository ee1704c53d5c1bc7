// A YAML text as a tree with places, read through yaml-cpp's events into our own counted arrays.
// What a hostile text can cost is bounded before it is spent (limits.h); aliases, anchors and tags
// are refused, so a value stands where it is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/project/problem.h"

namespace hw::project {

enum class ValueKind : std::uint8_t { Null, Scalar, List, Map };

class YamlTree;

/// A value of a tree; valid as long as the tree is.
class YamlValue {
 public:
  YamlValue(const YamlTree& tree, std::uint32_t index) : m_tree(&tree), m_index(index) {}

  ValueKind kind() const;
  /// Of a scalar: its text. Of the others: empty.
  std::string_view text() const;
  /// Line and byte column; Places of problems are turned into characters by the loader.
  Place place() const;
  /// The place of the byte `offset` of a scalar: exact if it stands on one line without escapes.
  Place placeAt(std::size_t offset) const;
  /// The elements of a list, or the keys and values of a map in turn; empty for the others.
  std::vector<YamlValue> children() const;
  /// What it is, as a noun with article: "a list".
  Text noun() const;

 private:
  const YamlTree* m_tree;
  std::uint32_t m_index;
};

class YamlTree {
 public:
  /// The only document of the text, or why it is refused. O(bytes).
  static Expected<YamlTree, Problem> parse(std::string_view text);

  YamlValue root() const { return {*this, 0}; }

 private:
  friend class YamlValue;
  friend class YamlTreeBuilder;
  struct Entry {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t textAt = 0;
    std::uint32_t textSize = 0;
    std::uint32_t firstChild = 0;  ///< 0: none, for the root is no child
    std::uint32_t nextSibling = 0;
    ValueKind kind = ValueKind::Null;
    bool quoted = false;
  };
  std::vector<Entry> m_entries;
  std::string m_texts;
};

}  // namespace hw::project
