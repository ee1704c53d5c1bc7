// getopt(3): letters with and without a value, in any order with the other words.
#pragma once

#include <map>

#include "core/base/expected.h"
#include "core/shell/command.h"

namespace hw::shell {

class Options {
 public:
  /// `letters` as getopt's: "c:q" is -c VALUE and -q. The error is getopt's sentence:
  /// "invalid option -- 'z'".
  static Expected<Options, std::string> parse(const Words& words, std::string_view letters);

  bool has(char letter) const { return m_values.count(letter) != 0; }
  /// The last value given; only if has(letter).
  const std::string& value(char letter) const { return m_values.at(letter); }
  /// The words that are no options, without the command's name.
  const Words& rest() const { return m_rest; }

 private:
  std::map<char, std::string> m_values;
  Words m_rest;
};

/// A decimal number that fills the whole word.
std::optional<std::uint64_t> parseNumber(std::string_view text);
/// A number of 32 bits as ip(8) takes it: decimal, or hexadecimal behind 0x.
std::optional<std::uint32_t> parseKernelNumber(std::string_view text);
/// Seconds with at most nine digits behind the point: "0.25". No floats: virtual time is exact.
std::optional<Duration> parseSeconds(std::string_view text);

}  // namespace hw::shell
