#include "ui/model/packet_rows.h"

#include <algorithm>

namespace hw::model {

PacketRows::Rows PacketRows::follow(const Session& session) {
  const std::uint64_t events = session.timeline().world().events;
  const std::uint64_t from = std::min({m_settled, m_events, events});
  auto rows = std::make_shared<std::vector<lens::PacketRow>>(*m_rows);
  std::erase_if(*rows, [from](const lens::PacketRow& row) { return row.id.event >= from; });
  auto fresh = lens::packetRows(session.timeline(), session.beats(), from, events);
  std::move(fresh.begin(), fresh.end(), std::back_inserter(*rows));
  if (rows->size() > kMaxPacketRows)
    rows->erase(rows->begin(), rows->end() - static_cast<std::ptrdiff_t>(kMaxPacketRows));
  m_rows = std::move(rows);
  m_events = events;
  m_settled = events;
  if (session.beat() > 0)
    for (const auto& flight :
         lens::flightsAt(session.timeline(), session.beats(), session.beat() - 1))
      m_settled = std::min(m_settled, flight.id.event);
  return m_rows;
}

}  // namespace hw::model
