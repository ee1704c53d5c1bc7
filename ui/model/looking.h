// What the person looks at: no part of the session, but of what is made of it.
#pragma once

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
  Language language = Language::English;
};

}  // namespace hw::model
