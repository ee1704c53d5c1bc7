#include "core/lesson/markdown.h"

#include <md4c.h>

#include "core/lesson/limits.h"

namespace hw::lesson {
namespace {

constexpr std::string_view kRole = "{value}";

/// Takes md4c's calls. One that returns other than 0 ends the parse.
class Setter {
 public:
  Setter(const ValueText& values, bool plain) : m_values(values), m_plain(plain) {}
  SetText take() { return std::move(m_result); }

  int enterBlock(MD_BLOCKTYPE type, void* detail) {
    if (type == MD_BLOCK_DOC) return 0;
    if (++m_depth > kMaxMarkdownDepth) return refuse(m_result.tooDeep);
    if (type == MD_BLOCK_OL) {
      const unsigned start = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start;
      return tag(start == 1 ? "<ol>" : "<ol start=\"" + std::to_string(start) + "\">");
    }
    if (type == MD_BLOCK_CODE) return tag("<pre>");
    if (type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY || type == MD_BLOCK_HR || type == MD_BLOCK_HTML) return 0;
    return tag("<" + std::string(nameOf(type)) + ">");
  }
  int leaveBlock(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_DOC) return 0;
    --m_depth;
    if (type == MD_BLOCK_HR) return tag("<hr>");
    if (type == MD_BLOCK_CODE) return tag("</pre>");
    if (m_plain && !m_result.html.empty() && m_result.html.back() != ' ') m_result.html += ' ';
    if (type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY || type == MD_BLOCK_HTML) return 0;
    return tag("</" + std::string(nameOf(type)) + ">");
  }
  int enterSpan(MD_SPANTYPE type) {
    if (++m_depth > kMaxMarkdownDepth) return refuse(m_result.tooDeep);
    if (type == MD_SPAN_CODE && m_result.html.ends_with(kRole)) {
      m_result.html.resize(m_result.html.size() - kRole.size());
      m_inValue = true;
      m_value.clear();
      return 0;
    }
    if (type == MD_SPAN_IMG) m_result.pictures = true;
    const std::string_view name = nameOf(type);
    return name.empty() ? 0 : tag("<" + std::string(name) + ">");
  }
  int leaveSpan(MD_SPANTYPE type) {
    --m_depth;
    if (type == MD_SPAN_CODE && m_inValue) return endValue();
    const std::string_view name = nameOf(type);
    return name.empty() ? 0 : tag("</" + std::string(name) + ">");
  }
  int text(MD_TEXTTYPE type, std::string_view text) {
    if (m_inValue) {
      m_value += text;
      return 0;
    }
    if (type == MD_TEXT_BR) return tag("<br>");
    if (type == MD_TEXT_SOFTBR) return add(joinsLines() ? "" : " ");
    if (type == MD_TEXT_NULLCHAR) return 0;
    if (type == MD_TEXT_ENTITY && !m_plain) return add(text);
    return escaped(text);
  }

 private:
  static std::string_view nameOf(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE: return "blockquote";
      case MD_BLOCK_UL: return "ul";
      case MD_BLOCK_OL: return "ol";
      case MD_BLOCK_LI: return "li";
      case MD_BLOCK_H: return "h3";
      case MD_BLOCK_TABLE: return "table";
      case MD_BLOCK_TR: return "tr";
      case MD_BLOCK_TH: return "th";
      case MD_BLOCK_TD: return "td";
      default: return "p";
    }
  }
  static std::string_view nameOf(MD_SPANTYPE type) {
    switch (type) {
      case MD_SPAN_EM: return "em";
      case MD_SPAN_STRONG: return "strong";
      case MD_SPAN_DEL: return "del";
      case MD_SPAN_CODE: return "code";
      default: return {};
    }
  }
  int refuse(bool& why) {
    why = true;
    return 1;
  }
  int add(std::string_view text) {
    if (m_result.html.size() + text.size() > kMaxHtmlBytes) return refuse(m_result.tooLarge);
    m_result.html += text;
    return 0;
  }
  int tag(std::string_view text) { return m_plain ? 0 : add(text); }
  int escaped(std::string_view text) {
    if (m_plain) return add(text);
    int result = 0;
    for (const char c : text) {
      if (c == '<') result |= add("&lt;");
      else if (c == '>') result |= add("&gt;");
      else if (c == '&') result |= add("&amp;");
      else if (c == '"') result |= add("&quot;");
      else result |= add({&c, 1});
    }
    return result;
  }
  /// Chinese is written without a space where a line of the source ends.
  bool joinsLines() const {
    const std::string& html = m_result.html;
    if (html.size() < 3) return false;
    const auto lead = static_cast<unsigned char>(html[html.size() - 3]);
    return (lead >= 0xE3 && lead <= 0xE9) || lead == 0xEF;  // U+3000..U+9FFF, full-width forms
  }
  int endValue() {
    m_inValue = false;
    const std::string value = m_values ? m_values(m_value) : std::string();
    if (value.empty()) return tag("<span class=\"later\">") | add("…") | tag("</span>");
    return tag("<b class=\"value\">") | escaped(value) | tag("</b>");
  }

  const ValueText& m_values;
  bool m_plain;
  SetText m_result;
  int m_depth = 0;
  bool m_inValue = false;
  std::string m_value;
};

SetText set(std::string_view markdown, const ValueText& values, bool plain) {
  Setter setter(values, plain);
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) { return static_cast<Setter*>(to)->enterBlock(type, detail); };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* to) { return static_cast<Setter*>(to)->leaveBlock(type); };
  parser.enter_span = [](MD_SPANTYPE type, void*, void* to) { return static_cast<Setter*>(to)->enterSpan(type); };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* to) { return static_cast<Setter*>(to)->leaveSpan(type); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    return static_cast<Setter*>(to)->text(type, {text, size});
  };
  md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &setter);
  return setter.take();
}

}  // namespace

SetText setMarkdown(std::string_view markdown, const ValueText& values) { return set(markdown, values, false); }

std::string plainText(std::string_view markdown) {
  std::string text = set(markdown, {}, true).html;
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  return text;
}

}  // namespace hw::lesson
