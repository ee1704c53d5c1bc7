// What the person looks at: no part of the session, but of what is made of it.
#pragma once

#include "core/base/id.h"
#include "core/base/text.h"
#include "core/journal/journal.h"

namespace hw::model {

struct Looking {
  DeviceId device;
  DeviceId terminal;
  TransmissionId packet;
  Language language = Language::English;
};

}  // namespace hw::model
