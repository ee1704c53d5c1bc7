#include "core/trace/pcapng_export.h"

#include <algorithm>
#include <map>

#include "core/explain/explain.h"
#include "core/lens/packets.h"
#include "core/trace/pcapng_writer.h"

namespace hw::trace {
namespace {

using EndKey = std::pair<DeviceId, InterfaceId>;

/// One copy of a frame: as it left an interface or as it came in.
struct Copy {
  Time time;
  EndKey at;
  Direction direction = Direction::Unknown;
  Frame frame;
  std::string comment;
};

std::string joined(const std::vector<explain::Sentence>& sentences) {
  std::string text;
  for (const explain::Sentence& one : sentences) text += (text.empty() ? "" : "\n") + one.text;
  return text;
}

class Exporter {
 public:
  Exporter(const Timeline& timeline, const PcapngOptions& options)
      : m_timeline(timeline), m_options(options) {}

  std::vector<Copy> copies() {
    m_timeline.journal().replay([this](const EventRecord& event, const std::vector<Frame>& frames) {
      take(event, frames);
    });
    std::stable_sort(m_copies.begin(), m_copies.end(),
                     [](const Copy& a, const Copy& b) { return a.time < b.time; });
    return std::move(m_copies);
  }

 private:
  bool wanted(const EndKey& end) const {
    return m_options.interfaces.empty() ||
           std::find(m_options.interfaces.begin(), m_options.interfaces.end(),
                     LinkEnd{end.first, end.second}) != m_options.interfaces.end();
  }

  std::vector<explain::Sentence> told(const EventRecord& event) const {
    return explain::sentences(event.decisions, m_timeline.world().device(event.device).config(), m_options.language);
  }

  void take(const EventRecord& event, const std::vector<Frame>& frames) {
    const bool arrival = event.kind == EventKind::Arrival;
    std::vector<explain::Sentence> sentences;
    if (m_options.explain) sentences = told(event);
    if (arrival) {
      const auto in = m_underWay.find(event.arrived);
      const EndKey end{event.device, event.port};
      if (in != m_underWay.end() && wanted(end))
        m_copies.push_back({event.time, end, Direction::Inbound, in->second, joined(sentences)});
      if (in != m_underWay.end()) m_underWay.erase(in);
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const Transmission& what = event.sent[i];
      const EndKey end{event.device, what.port};
      // What waits for a shared wire is shown once, when it has got through.
      if (wanted(end) && what.fate != Fate::Waiting && what.fate != Fate::Collided)
        m_copies.push_back({what.sent, end, what.fate == Fate::PassedUp ? Direction::Inbound : Direction::Outbound, frames[i],
                            arrival ? fateOf(what, sentences) : joined(sentences)});
      if (what.fate == Fate::Delivered) m_underWay.emplace(what.id, frames[i]);
    }
  }

  /// The comment of a frame that was sent because another came in: only what befell it on the wire.
  std::string fateOf(const Transmission& what, const std::vector<explain::Sentence>& all) const {
    if (arrivesThere(what.fate)) return {};
    std::vector<explain::Sentence> fate;
    for (const explain::Sentence& one : all)
      if (one.rule.table() == RuleTableId::Link) fate.push_back(one);
    return joined(fate);
  }

  const Timeline& m_timeline;
  const PcapngOptions& m_options;
  std::map<TransmissionId, Frame> m_underWay;
  std::vector<Copy> m_copies;
};

CaptureInterface describe(const World& world, const EndKey& end) {
  const DeviceConfig& config = world.device(end.first).config();
  CaptureInterface interface;
  interface.linkType = lens::linkTypeOf(world, end.first, end.second);
  interface.name = config.name + ":" + config.at(end.second).name;
  const Plug* plug = world.plugAt(end.first, end.second);
  if (plug) interface.speed = world.links[plug->link.value].config.rate;
  return interface;
}

/// Interfaces in the order of the devices: those with a cable, and others that were used.
std::vector<EndKey> interfacesOf(const World& world, const std::vector<Copy>& copies,
                                 const PcapngOptions& options) {
  std::vector<EndKey> ends;
  for (const LinkEnd& one : options.interfaces) ends.emplace_back(one.device, one.port);
  if (!ends.empty()) return ends;
  for (const Copy& one : copies) ends.push_back(one.at);
  for (const Link& link : world.links)
    for (const LinkEnd& end : link.config.ends) ends.emplace_back(end.device, end.port);
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

}  // namespace

bool exportPcapng(const Timeline& timeline, const PcapngOptions& options, std::ostream& out) {
  const std::vector<Copy> copies = Exporter(timeline, options).copies();
  PcapngWriter writer(out);
  std::map<EndKey, std::uint32_t> indices;
  for (const EndKey& end : interfacesOf(timeline.world(), copies, options))
    indices[end] = writer.addInterface(describe(timeline.world(), end));
  for (const Copy& copy : copies) {
    CapturePacket packet;
    packet.interface = indices.at(copy.at);
    packet.timeNs = copy.time.ns;
    packet.bytes = copy.frame.toVector();
    packet.comment = copy.comment;
    packet.direction = copy.direction;
    writer.write(packet);
  }
  writer.writeStatistics(timeline.now().ns);
  return writer.good();
}

}  // namespace hw::trace
