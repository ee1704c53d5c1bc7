// Characters of ASCII. The functions of <cctype> depend on the locale, which a window sets.
#pragma once

namespace hw {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool isNameStart(char c) { return isLetter(c) || c == '_'; }
constexpr bool isNameCharacter(char c) { return isNameStart(c) || isDigit(c); }
constexpr bool isWhite(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char toLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace hw
