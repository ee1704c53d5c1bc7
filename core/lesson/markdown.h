// CommonMark (with tables) as HTML of a small known vocabulary, for whoever shows a lesson. Raw HTML
// of the author stays text, pictures become their description, links keep only their text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hw::lesson {

/// What {value}`expression` comes to, as text; empty if that is not known yet.
using ValueText = std::function<std::string(std::string_view expression)>;

struct SetText {
  std::string html;
  bool tooDeep = false;   ///< nested beyond kMaxMarkdownDepth: html is not to be used
  bool tooLarge = false;  ///< beyond kMaxHtmlBytes: likewise
  bool pictures = false;  ///< a picture was left out
};

/// Elements: p h3 ul ol li blockquote pre code table tr th td hr em strong del br, and
/// <b class="value">, <span class="later"> for values.
SetText setMarkdown(std::string_view markdown, const ValueText& values);

/// The words without any markup, for screen readers and lists.
std::string plainText(std::string_view markdown);

}  // namespace hw::lesson
