// What the person looks at: no part of the session, but of what is made of it.
#pragma once

#include <optional>

#include "core/base/id.h"
#include "core/base/text.h"
#include "core/journal/journal.h"
#include "core/lens/domains.h"
#include "core/project/draft.h"

namespace hw::model {

struct Looking {
  project::NodeKey node;          ///< whose tables are shown
  project::NodeKey terminalNode;
  DeviceId device;                ///< the same in the World of the displayed moment, if it is there
  DeviceId terminal;
  TransmissionId packet;
  std::optional<lens::DomainKind> domains;
  bool conversations = false;               ///< are looked at
  std::optional<std::size_t> conversation;  ///< the shown one; none: the latest
  std::optional<std::size_t> beside;        ///< another one beside it
  Language language = Language::English;
};

}  // namespace hw::model
