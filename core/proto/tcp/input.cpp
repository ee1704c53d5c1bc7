// A segment arrives (RFC 9293 3.10.7), in the order of the RFC's checks.
// Read first: RFC 9293 3.10.7.4; RFC 5961; RFC 7323 5.3; RFC 6191.
#include <algorithm>
#include <utility>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

/// First check: does any of the segment lie in the window?
bool isInWindow(const Connection& c, const Arrived& arrived) {
  if (before(arrived.end(), c.in.windowAt)) return false;
  return !after(arrived.sequence(), c.in.next + c.in.windowLeft());
}

/// RFC 7323 5.3 (PAWS). An RST is believed without it.
bool isOldDuplicate(const Hand& h, const Arrived& arrived) {
  const Connection& c = h.c;
  if (!c.stamps || !arrived.options.stamps || arrived.header.has(kRst)) return false;
  if (static_cast<std::int32_t>(c.recentStamp - arrived.options.stamps->value) <= 0) return false;
  constexpr Duration kTooOld = seconds(24 * 24 * 3600);
  if (h.now() - c.recentAt >= kTooOld) return false;
  // A pure ACK that was overtaken does no harm (Linux tcp_disordered_ack).
  const bool pureAck = arrived.end() == arrived.sequence() && arrived.sequence() == c.in.next && arrived.header.has(kAck);
  return !(pureAck && arrived.header.acknowledgment == c.out.unacked &&
           c.recentStamp - arrived.options.stamps->value <= microsecondsOf(c.roundTrip.timeout) / 1000);
}

/// Second check (RFC 5961 3): only the exact number resets.
void takeReset(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const bool exact = arrived.sequence() == c.in.next ||
                     std::ranges::any_of(c.in.blocks, [&](const SackBlock& one) { return one.right == arrived.sequence(); });
  if (!exact) {
    h.decide(Rule::ResetDoubted);
    return challenge(h);
  }
  h.decide(Rule::ResetReceived);
  switch (c.phase) {
    case Phase::SynSent: return endWith(h, Problem::Refused);
    case Phase::CloseWait: return endWith(h, Problem::BrokenPipe);
    case Phase::Closed: return;
    default: return endWith(h, Problem::Reset);
  }
}

/// The checks that a segment must pass before it is looked at; false: it ends here.
bool isAcceptable(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  if (isOldDuplicate(h, arrived)) {
    h.decide(Rule::OldTimestamp);
    if (mayAnswerNonsense(h, arrived)) {
      if (!arrived.payload.empty() && before(arrived.sequence(), c.in.next)) enterQuickAcks(h);
      sendAck(h);
    }
    return false;
  }
  if (!isInWindow(c, arrived)) {
    if (arrived.header.has(kRst)) return false;
    if (arrived.header.has(kSyn)) {
      h.decide(Rule::SynInConnection);
      challenge(h);
      return false;
    }
    const std::uint32_t last = arrived.end() == arrived.sequence() ? arrived.end() : arrived.end() - 1;
    h.decide(Rule::BeyondWindow, h.gotAt(arrived.sequence()), h.gotAt(last));
    if (!mayAnswerNonsense(h, arrived)) return false;
    if (before(arrived.sequence(), c.in.next) && c.sack && arrived.end() != arrived.sequence()) {
      enterQuickAcks(h);
      const std::uint32_t right = after(arrived.end(), c.in.next) ? c.in.next : arrived.end();
      c.in.twice.assign(1, {arrived.sequence(), right});
    }
    sendAck(h);
    return false;
  }
  if (arrived.header.has(kRst)) {
    takeReset(h, arrived);
    return false;
  }
  // Fourth check (RFC 5961 4).
  if (arrived.header.has(kSyn)) {
    const bool crossed = c.phase == Phase::SynReceived && arrived.header.has(kAck) && arrived.sequence() + 1 == c.in.next;
    if (!crossed) {
      h.decide(Rule::SynInConnection);
      challenge(h);
      return false;
    }
  }
  return true;
}

/// The ACK that ends a simultaneous open.
void finishTogether(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  c.out.unacked = arrived.header.acknowledgment;
  setTimeout(h);
  establish(h);
  c.out.window = std::uint32_t{arrived.header.window} << (arrived.header.has(kSyn) ? 0 : c.out.scale);
  c.out.maxWindow = std::max(c.out.maxWindow, c.out.window);
  c.out.windowBy = arrived.sequence();
  h.decide(Rule::Opened, h.peer(), c.out.mss);
  if (c.out.closed) enter(h, Phase::FinWait1);
  h.tell();
}

/// Our FIN has arrived; true if the connection goes on.
bool finArrived(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  if (!c.out.closed || c.out.unacked != c.out.written) return true;
  switch (c.phase) {
    case Phase::FinWait1: {
      h.decide(Rule::FinAcknowledged);
      enter(h, Phase::FinWait2);
      const bool lateData = arrived.end() != arrived.sequence() && after(arrived.end() - (arrived.header.has(kFin) ? 1 : 0), c.in.next);
      if (!c.orphan) {
        h.tell();
        return true;
      }
      if (lateData) return true;
      c.minimal = !arrived.header.has(kFin);
      keepAliveAfter(h, h.config.finTimeout);
      return true;
    }
    case Phase::Closing:
      h.decide(Rule::FinAcknowledged);
      beginTimeWait(h);
      return false;
    case Phase::LastAck:
      h.decide(Rule::Closed);
      enter(h, Phase::Closed);
      return false;
    default: return true;
  }
}

/// Data for a program that is gone (RFC 1122 4.2.2.13).
bool nobodyReads(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const std::uint32_t end = arrived.end() - (arrived.header.has(kFin) ? 1 : 0);
  if (!c.orphan || arrived.payload.empty() || !after(end, c.in.next)) return false;
  if (c.phase != Phase::FinWait1 && c.phase != Phase::FinWait2) return false;
  h.decide(Rule::ResetNobodyReads);
  answerWithReset(h.work(), arrived);
  endWith(h, Problem::None);
  return true;
}

void receiveInTimeWait(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const Header& header = arrived.header;
  if (header.has(kRst)) {
    if (arrived.sequence() != c.in.next) return;
    h.decide(Rule::ResetReceived);
    return enter(h, Phase::Closed);
  }
  if (arrived.end() == arrived.sequence() && !header.has(kSyn)) {
    if (!isInWindow(c, arrived) || isOldDuplicate(h, arrived)) {
      if (mayAnswerNonsense(h, arrived)) h.decide(Rule::TimeWaitAnswers), sendAck(h);
    }
    return;
  }
  h.decide(Rule::TimeWaitAnswers);
  sendAck(h);
  if (header.has(kFin)) keepAliveAfter(h, kTimeWait);
}

void receiveInConnection(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  if (c.phase == Phase::TimeWait) return receiveInTimeWait(h, arrived);
  if (c.phase == Phase::SynSent) return receiveInSynSent(h, arrived);
  if (!isAcceptable(h, arrived)) return;
  // Fifth check.
  if (!arrived.header.has(kAck)) return h.decide(Rule::NoAckFlag);
  if (c.phase == Phase::SynReceived) {
    if (arrived.header.acknowledgment != c.out.next) {
      h.decide(Rule::SynAckUnacceptable, h.peer());
      return answerWithReset(h.work(), arrived);
    }
    finishTogether(h, arrived);
    // A SYN that was acknowledged with the ACK has nothing else to tell.
    if (arrived.header.has(kSyn)) return sendAck(h);
  }
  if (!takeAck(h, arrived)) return;
  if (!finArrived(h, arrived)) return;
  if (nobodyReads(h, arrived)) return;
  // Seventh and eighth check.
  measureReceiverRoundTrip(h, arrived);
  const bool reads = c.phase == Phase::Established || c.phase == Phase::FinWait1 || c.phase == Phase::FinWait2;
  if (reads) {
    takeData(h, arrived);
  } else if (arrived.end() != arrived.sequence() && !after(arrived.end(), c.in.next)) {
    takeData(h, arrived);
  }
  if (c.phase == Phase::Closed || c.phase == Phase::TimeWait) return;
  pushPending(h, Nagle::Normal);
  acknowledgeIfDue(h);
}

/// A SYN may take the place of a connection in TIME-WAIT if it is younger (RFC 6191).
bool takesOver(Hand& h, const Arrived& arrived) {
  const Connection& c = h.c;
  if (c.phase != Phase::TimeWait || !arrived.header.has(kSyn) || arrived.header.has(kRst) || arrived.header.has(kAck)) return false;
  const bool younger = c.stamps && arrived.options.stamps && after(arrived.options.stamps->value, c.recentStamp);
  if (!after(arrived.sequence(), c.in.next) && !younger) return false;
  return h.state.listenerAt(arrived.local) != nullptr;
}

}  // namespace

std::optional<Arrived> decode(const Env& env, Ipv4Address source, Ipv4Address destination, const Frame& segment) {
  std::array<std::uint8_t, 60> bytes{};
  const std::uint32_t size = segment.copyTo(0, bytes);
  const auto header = hw::decode<Header>(ByteView(bytes).first(size));
  if (!header || header->headerSize() < kHeaderSize || header->headerSize() > segment.size()) {
    env.decisions.decide(Rule::BadHeader);
    return std::nullopt;
  }
  ChecksumSum sum;
  sum.add32(source.value);
  sum.add32(destination.value);
  constexpr std::uint16_t kProtocol = 6;
  sum.add16(kProtocol);
  sum.add16(static_cast<std::uint16_t>(segment.size()));
  segment.addTo(sum, segment.size());
  if (sum.checksum() != 0) {
    env.decisions.decide(Rule::BadChecksum);
    return std::nullopt;
  }
  Arrived arrived;
  arrived.local = {destination, header->destinationPort};
  arrived.remote = {source, header->sourcePort};
  arrived.header = *header;
  arrived.options = readOptions(ByteView(bytes).subspan(kHeaderSize, header->headerSize() - kHeaderSize), header->has(kSyn));
  arrived.payload = segment.bytesFrom(header->headerSize());
  return arrived;
}

std::uint16_t checksumOf(const Segment& segment) {
  ChecksumSum sum;
  sum.add32(segment.local.address.value);
  sum.add32(segment.remote.address.value);
  constexpr std::uint16_t kProtocol = 6;
  sum.add16(kProtocol);
  sum.add16(static_cast<std::uint16_t>(kHeaderSize + segment.optionsSize + segment.payload.size()));
  std::array<std::uint8_t, kHeaderSize> bytes{};
  Header header = segment.header;
  header.checksum = 0;
  store(header, bytes.data());
  sum.add(bytes);
  sum.add(ByteView(segment.options).first(segment.optionsSize));
  sum.add(segment.payload.view());
  return sum.checksum();
}

void receive(Work work, const Arrived& arrived) {
  if (Connection* found = work.state.find(arrived.local, arrived.remote); found && found->phase != Phase::Closed) {
    Hand h(work, *found);
    if (found->held.until != kNever) {
      constexpr std::size_t kMostHeld = 4'096;
      if (found->held.segments.size() < kMostHeld) found->held.segments.push_back(arrived);
      else h.decide(Rule::BufferFull, arrived.payload.size());
      return;
    }
    if (!takesOver(h, arrived)) {
      receiveInConnection(h, arrived);
      noteDeadline(work.state, *found);
      return finishClose(h);
    }
    h.decide(Rule::TimeWaitReused);
    enter(h, Phase::Closed);
    finishClose(h);
  }
  if (Listener* listener = work.state.listenerAt(arrived.local)) return receiveAtListener(work, *listener, arrived);
  if (arrived.header.has(kRst)) return;
  work.env.decisions.decide(Rule::Refused, arrived.local.port, endpointFact(arrived.remote.address, arrived.remote.port));
  answerWithReset(work, arrived);
}

void hold(Work work, std::uint32_t id, Time until) {
  Connection* found = work.state.find(id);
  if (!found || found->phase < Phase::Established || found->phase == Phase::TimeWait) return;
  found->held.until = until;
  noteDeadline(work.state, *found);
}

/// The program lets go: what waited is looked at in order, and answered once.
void release(Work work, std::uint32_t id) {
  Connection* found = work.state.find(id);
  found->held.until = kNever;
  const std::vector<Arrived> waiting = std::move(found->held.segments);
  found->held.segments.clear();
  work.held = true;
  for (const Arrived& one : waiting) {
    found = work.state.find(id);
    if (!found || found->phase == Phase::Closed) return;
    Hand h(work, *found);
    receiveInConnection(h, one);
    finishClose(h);
  }
  found = work.state.find(id);
  if (!found || found->phase == Phase::Closed) return;
  work.held = false;
  Hand h(work, *found);
  if (std::exchange(found->held.ack, false) && found->ack.scheduled) sendAck(h);
  if (found->held.mtu != 0)
    pathMtuIsLower(work, found->local, found->remote, found->out.unacked, std::exchange(found->held.mtu, 0));
  noteDeadline(work.state, *found);
}

void heardError(Work work, const Endpoint& local, const Endpoint& remote, std::uint32_t sequence, Problem problem) {
  Connection* found = work.state.find(local, remote);
  if (!found || found->phase == Phase::Closed || found->phase == Phase::TimeWait) return;
  Hand h(work, *found);
  // RFC 5927 4.1: an error about something that is not under way is a lie.
  if (before(sequence, found->out.unacked) || after(sequence, found->out.next)) return;
  h.decide(Rule::PeerUnreachable, h.peer());
  const bool opening = found->phase == Phase::SynSent || found->phase == Phase::SynReceived;
  if (opening) endWith(h, problem);
  else found->soft = problem;
  finishClose(h);
}

void pathMtuIsLower(Work work, const Endpoint& local, const Endpoint& remote, std::uint32_t sequence, std::uint32_t mtu) {
  Connection* found = work.state.find(local, remote);
  if (!found || found->phase == Phase::Closed || found->phase == Phase::TimeWait || mtu >= found->out.mtu) return;
  if (before(sequence, found->out.unacked) || !before(sequence, found->out.next)) return;
  if (found->held.until != kNever) {
    found->held.mtu = found->held.mtu == 0 ? mtu : std::min(found->held.mtu, mtu);
    return;
  }
  Hand h(work, *found);
  setMtu(h, mtu);
  h.decide(Rule::PathMtuLower, mtu, found->out.mss);
  // What was too large is lost, but not by congestion (Linux tcp_simple_retransmit).
  const std::uint32_t mss = currentMss(*found);
  bool lost = false;
  for (Chunk& chunk : found->out.flight) {
    if (chunk.sacked || chunk.lost) continue;
    const std::uint32_t segment = chunk.packets == 0 ? 0 : (chunk.data.size() + chunk.packets - 1) / chunk.packets;
    if (segment <= mss) continue;
    markLost(h, chunk);
    lost = true;
  }
  if (!lost) return;
  Congestion& g = found->congestion;
  if (g.mood != Mood::Loss) {
    g.high = found->out.next;
    g.threshold = thresholdAfterLoss(h);
    g.before = 0;
    g.undoFrom = 0;
    g.mood = Mood::Loss;
  }
  resendLost(h);
  noteDeadline(work.state, *found);
}

}  // namespace hw::tcp
