// What is wrong with a project file, and where: an id, a place and the facts. The sentence is made
// for whoever reads it, in their language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace hw::project {

/// Line and column count from 1; a column is a character, not a byte. 0:0 is the file as a whole.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  auto operator<=>(const Place&) const = default;
};

enum class ProblemId : std::uint8_t {
  // the file
  CannotRead,
  CannotWrite,
  NoNetwork,
  FileTooLarge,
  Empty,
  NotText,
  Syntax,
  TooDeep,
  TooManyValues,
  TextTooLong,
  AnchorOrAlias,
  Tag,
  SecondDocument,
  // its shape
  WrongType,
  UnknownKey,
  UnknownKeyFar,
  KeyTwice,
  KeyMissing,
  BadValue,
  UnknownWord,
  UnknownWordFar,
  ComesLater,
  NewerVersion,
  BadRoute,
  RouteTooShort,
  BadName,
  // its meaning
  KeyOfOtherKind,
  UnknownNode,
  BridgeAsPort,
  InterfaceUsedTwice,
  LinkToItself,
  MacOfGroup,
  AddressUnusable,
  AddressTwice,
  UnknownInterface,
  GatewayIsOwn,
  GatewayNotOnLink,
  RouteTwice,
  SourceNotOwn,
  NeighbourTwice,
  UnknownSysctl,
  RepeaterPorts,
  // it runs, but is unusual
  MacUsedTwice,
  AddressOfSubnet,
  AddressUsedTwice,
  AddressOnPort,
  NeighbourNotOnLink,
  MtuDiffers,
  SameNode,
  RatesDiffer,
  HalfWithoutRate,
  NotSimulatedYet,
  Count
};

enum class Severity : std::uint8_t { Error, Warning };

struct Problem {
  ProblemId id{};
  Place place{};
  std::string found{};  ///< what stands there, shortened
  std::string right{};  ///< what would be right; empty if nothing can be proposed
  Text of{};            ///< what is expected or meant, as a noun
  Text kind{};          ///< the type of what was found, as a noun
  bool operator==(const Problem& other) const {
    return id == other.id && place == other.place && found == other.found && right == other.right;
  }
};

/// The constant part of a problem: what its sentences say. Placeholders: {found} {right} {of} {kind}.
struct ProblemTexts {
  ProblemId id;
  std::string_view key;
  Severity severity;
  Text what;
  Text hint;  ///< left out if it needs {right} and there is none
};

const ProblemTexts& textsOf(ProblemId id);
inline Severity severityOf(const Problem& problem) { return textsOf(problem.id).severity; }

/// "unknown key “adress” of an interface; did you mean “address”?": beside the field that is meant.
std::string message(const Problem& problem, Language language);
/// "network.yaml:3:5: error: unknown key “adress” of an interface; did you mean “address”?"
std::string sentence(const Problem& problem, std::string_view file, Language language);

/// A file that cannot be used: at least one error, and the warnings, in the order of the file.
struct ProjectError {
  std::string file;
  std::vector<Problem> problems;
  /// One sentence a line.
  std::string text(Language language = Language::English) const;
};

/// The text for a message: at most kMaxQuoted bytes, control characters as spaces.
std::string inQuotes(std::string_view text);

}  // namespace hw::project
