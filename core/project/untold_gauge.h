// Feeds a parser in small pieces and stops feeding when it has swallowed too much without telling
// of a value. yaml-cpp keeps every token of an open flow collection and every byte of a scalar, so
// this bounds its memory whatever the text is, without a second understanding of YAML.
#pragma once

#include <streambuf>
#include <string_view>

#include "core/project/limits.h"

namespace hw::project {

class UntoldGauge : public std::streambuf {
 public:
  explicit UntoldGauge(std::string_view text) : m_text(text) {}
  /// The parser told of something: what it swallowed until now was worth it.
  void told() { m_toldAt = m_fed; }
  /// Nothing more is fed.
  void stop() { m_stopped = true; }
  /// True if the text went on but the parser had swallowed too much.
  bool starved() const { return m_starved; }

 protected:
  int_type underflow() override {
    if (m_fed - m_toldAt > kMaxUntoldBytes && m_fed < m_text.size()) m_starved = m_stopped = true;
    if (m_stopped) return traits_type::eof();
    if (m_fed < m_text.size()) {
      const std::string_view piece = m_text.substr(m_fed, kPiece);
      m_fed += piece.size();
      return feed(piece);
    }
    m_stopped = true;
    return feed(kEnd);
  }

 private:
  int_type feed(std::string_view piece) {
    char* first = const_cast<char*>(piece.data());  // streambuf wants it so; nobody writes
    setg(first, first, first + piece.size());
    return traits_type::to_int_type(*first);
  }

  /// The end of a document: yaml-cpp takes the end of the stream for the end of a quoted text.
  static constexpr std::string_view kEnd = "\n...\n";
  static constexpr std::size_t kPiece = 512;
  std::string_view m_text;
  std::size_t m_fed = 0;
  std::size_t m_toldAt = 0;
  bool m_stopped = false;
  bool m_starved = false;
};

}  // namespace hw::project
