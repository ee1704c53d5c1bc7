// Data that comes in: in order, too early, seen before.
// Read first: RFC 9293 3.10.7.4, seventh check; RFC 2018 4; RFC 2883.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

void tellTwice(Hand& h, std::uint32_t left, std::uint32_t right) {
  if (h.c.sack) h.c.in.twice.assign(1, {left, right});
}

/// The block around new bytes comes first (RFC 2018 4); blocks that touch become one.
void addBlock(Receiver& in, std::uint32_t left, std::uint32_t right) {
  SackBlock grown{left, right};
  for (bool merged = true; merged;) {
    merged = false;
    for (std::size_t i = 0; i < in.blocks.size(); ++i) {
      const SackBlock one = in.blocks[i];
      if (after(one.left, grown.right) || before(one.right, grown.left)) continue;
      grown = {before(one.left, grown.left) ? one.left : grown.left, after(one.right, grown.right) ? one.right : grown.right};
      in.blocks.erase(in.blocks.begin() + static_cast<std::ptrdiff_t>(i));
      merged = true;
      break;
    }
  }
  in.blocks.insert(in.blocks.begin(), grown);
  if (in.blocks.size() > kMaxSackBlocks) in.blocks.pop_back();
}

/// Blocks that RCV.NXT has passed are no longer told.
void dropPassedBlocks(Receiver& in) {
  if (in.early.empty()) in.blocks.clear();
  std::erase_if(in.blocks, [&](const SackBlock& one) { return !after(one.right, in.next); });
}

void deliver(Hand& h, Received piece) {
  Receiver& in = h.c.in;
  in.next = piece.end();
  const bool fin = piece.fin;
  if (piece.data.empty()) in.used -= piece.cost;
  else in.queue.push_back(std::move(piece));
  if (!fin) return;
  // RFC 9293 3.10.7.4, eighth check.
  h.decide(Rule::FinReceived, h.gotAt(in.next - 1));
  Connection& c = h.c;
  in.ended = true;
  c.ack.scheduled = true;
  switch (c.phase) {
    case Phase::SynReceived:
    case Phase::Established:
      enter(h, Phase::CloseWait);
      c.ack.replies = std::max<std::uint8_t>(c.ack.replies, 1);  // our answer is near: let the ACK ride on it
      break;
    case Phase::FinWait1:
      h.decide(Rule::BothClose);
      sendAck(h);
      enter(h, Phase::Closing);
      break;
    case Phase::FinWait2:
      sendAck(h);
      beginTimeWait(h);
      break;
    default: break;
  }
  for (const Received& one : in.early) in.used -= one.cost;
  in.early.clear();
  in.blocks.clear();
  h.tell();
}

/// What came too early may be next now.
void drainEarly(Hand& h) {
  Receiver& in = h.c.in;
  bool drained = false;
  while (!in.early.empty() && !after(in.early.front().sequence, in.next)) {
    Received piece = std::move(in.early.front());
    in.early.erase(in.early.begin());
    if (!after(piece.end(), in.next)) {
      in.used -= piece.cost;
      continue;
    }
    const std::uint32_t known = in.next - piece.sequence;
    piece.data = piece.data.slice(known);
    piece.sequence = in.next;
    drained = true;
    deliver(h, std::move(piece));
    if (in.ended) break;
  }
  if (drained) h.decide(Rule::DataFillsGap, h.gotAt(in.next));
  dropPassedBlocks(in);
}

/// Memory for a segment (Linux tcp_try_rmem_schedule): a full buffer gives up what is out of order.
bool hasRoom(Hand& h) {
  Receiver& in = h.c.in;
  if (in.used <= in.buffer) return true;
  while (!in.early.empty() && in.used > in.buffer) {
    in.used -= in.early.back().cost;
    in.early.pop_back();
  }
  in.blocks.clear();
  for (const Received& one : in.early) addBlock(in, one.sequence, one.end());
  if (in.used <= in.buffer) return true;
  if (!in.bufferFixed && in.buffer < h.config.receiveMost) {
    in.buffer = std::min(in.used + in.used / 4, h.config.receiveMost);
    return true;
  }
  return false;
}

void takeNext(Hand& h, Received piece, bool push) {
  Connection& c = h.c;
  const std::uint32_t size = piece.data.size(), cost = piece.cost;
  if (!hasRoom(h) && !c.in.queue.empty() && size > 0) {
    c.ack.noRoom = c.ack.now = c.ack.scheduled = true;
    h.tell();
    return h.decide(Rule::BufferFull, size);
  }
  if (size > 0) h.decide(Rule::DataInOrder, h.gotAt(piece.sequence), h.gotAt(piece.sequence + size - 1));
  c.in.used += cost;
  const bool gap = !c.in.early.empty();
  deliver(h, std::move(piece));
  if (size > 0) dataCameIn(h, size, cost, push);
  if (gap && !c.in.ended) {
    drainEarly(h);
    // RFC 5681 4.2: a gap that is filled is acknowledged at once.
    if (c.in.early.empty()) c.ack.now = true;
  }
  dropPassedBlocks(c.in);
  if (size > 0) h.tell();
}

/// Linux tcp_data_queue_ofo.
void keepEarly(Hand& h, Received piece, bool push) {
  Receiver& in = h.c.in;
  h.c.ack.scheduled = true;
  if (!hasRoom(h) || in.early.size() >= kMaxEarly) return h.decide(Rule::BufferFull, piece.data.size());
  h.decide(Rule::DataOutOfOrder, h.gotAt(piece.sequence), h.gotAt(piece.end() - 1), h.gotAt(in.next));
  auto at = std::find_if(in.early.begin(), in.early.end(), [&](const Received& one) { return after(one.sequence, piece.sequence); });
  if (at != in.early.begin()) {
    const Received& one = *std::prev(at);
    if (!before(one.end(), piece.end())) return tellTwice(h, piece.sequence, piece.end());
    if (after(one.end(), piece.sequence)) {
      tellTwice(h, piece.sequence, one.end());
      const std::uint32_t known = one.end() - piece.sequence;
      piece.data = piece.data.slice(known);
      piece.sequence = one.end();
    }
  }
  while (at != in.early.end() && !after(at->end(), piece.end())) {
    tellTwice(h, at->sequence, at->end());
    in.used -= at->cost;
    at = in.early.erase(at);
  }
  if (at != in.early.end() && before(at->sequence, piece.end())) tellTwice(h, at->sequence, piece.end());
  const std::uint32_t size = piece.data.size(), cost = piece.cost;
  measureSegment(h, size, cost, push);
  addBlock(in, piece.sequence, piece.end());
  in.early.insert(at, std::move(piece));
  growWindow(h, size, cost);
  in.used += cost;
}

void seenBefore(Hand& h, std::uint32_t left, std::uint32_t right) {
  tellTwice(h, left, right);
  h.decide(Rule::DataSeenBefore, h.gotAt(left), h.gotAt(right - 1));
  enterQuickAcks(h);
  h.c.ack.scheduled = true;
}

}  // namespace

void takeData(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  Receiver& in = c.in;
  const bool fin = arrived.header.has(kFin);
  if (arrived.payload.empty() && !fin) return;
  Received piece{arrived.sequence() + (arrived.header.has(kSyn) ? 1u : 0u), arrived.payload, memoryOf(h, arrived), fin};
  if (in.ended) {
    // Whatever comes behind the FIN is a repetition.
    if (!after(piece.end(), in.next)) seenBefore(h, piece.sequence, piece.end());
    return;
  }
  if (!after(piece.end(), in.next)) return seenBefore(h, piece.sequence, piece.end());
  if (!before(piece.sequence, in.next + in.windowLeft()) && in.windowLeft() == 0 && piece.data.empty() && piece.sequence == in.next)
    return takeNext(h, std::move(piece), false);
  if (!before(piece.sequence, in.next + in.windowLeft())) {
    h.decide(Rule::BeyondWindow, h.gotAt(piece.sequence), h.gotAt(piece.end() - 1));
    enterQuickAcks(h);
    c.ack.scheduled = true;
    return;
  }
  if (before(piece.sequence, in.next)) {
    // Partly known: Linux takes the rest.
    tellTwice(h, piece.sequence, in.next);
    const std::uint32_t known = in.next - piece.sequence;
    piece.data = piece.data.slice(known);
    piece.sequence = in.next;
    enterQuickAcks(h);
  }
  if (piece.sequence == in.next) return takeNext(h, std::move(piece), arrived.header.has(kPsh));
  keepEarly(h, std::move(piece), arrived.header.has(kPsh));
}

}  // namespace hw::tcp
