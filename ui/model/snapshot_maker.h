// Snapshots of a session.
#pragma once

#include "ui/model/looking.h"
#include "ui/model/snapshot.h"

namespace hw::model {

/// All but the rows of the packet list, which are kept by who asks.
Snapshot makeSnapshot(const Session& session, const Looking& looking);

/// What programs said to each other until the displayed moment; `map` is brought up to date.
std::shared_ptr<const ConversationsView> conversationsNow(const Session& session, const Looking& looking, lens::ConversationMap& map);

}  // namespace hw::model
