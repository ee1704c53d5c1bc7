// What a program asks of a connection (RFC 9293 3.9.1).
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

/// The end of a stream: from each phase to the one that waits for the FIN to arrive. False if there is none to send.
bool mayClose(Hand& h) {
  switch (h.c.phase) {
    case Phase::SynReceived: return true;  // the FIN waits until our SYN is acknowledged
    case Phase::Established: enter(h, Phase::FinWait1); return true;
    case Phase::CloseWait: enter(h, Phase::LastAck); return true;
    default: return false;
  }
}

void abortConnection(Hand& h) {
  const Phase phase = h.c.phase;
  if (phase >= Phase::SynReceived && phase != Phase::TimeWait) sendReset(h);
  if (phase != Phase::TimeWait) enter(h, Phase::Closed);
}

}  // namespace

std::uint32_t listen(Work work, const Endpoint& local, SocketId socket, std::uint32_t backlog, const Buffers& buffers,
                     const Choices& choices) {
  Listener& listener = work.state.listeners.emplace_back();
  listener.id = work.state.nextId++;
  listener.local = local;
  listener.socket = socket;
  listener.backlog = backlog;
  listener.buffers = buffers;
  listener.choices = choices;
  return listener.id;
}

std::optional<std::uint32_t> accept(Work work, std::uint32_t id, SocketId socket) {
  Listener* listener = work.state.listener(id);
  if (!listener || listener->ready.empty()) return std::nullopt;
  const std::uint32_t first = listener->ready.front();
  listener->ready.erase(listener->ready.begin());
  Connection* found = work.state.find(first);
  if (!found) return std::nullopt;
  found->socket = socket;
  found->listener = 0;
  return first;
}

Bytes read(Work work, std::uint32_t id, std::uint32_t most) {
  Connection* found = work.state.find(id);
  if (!found) return {};
  Hand h(work, *found);
  Receiver& in = found->in;
  std::vector<std::uint8_t> gathered;
  Bytes only;
  std::uint32_t taken = 0;
  std::size_t gone = 0;
  while (gone < in.queue.size() && taken < most) {
    Received& first = in.queue[gone];
    const Bytes part = first.data.slice(0, most - taken);
    if (taken == 0) {
      only = part;
    } else {
      if (gathered.empty()) gathered.assign(only.view().begin(), only.view().end());
      gathered.insert(gathered.end(), part.view().begin(), part.view().end());
    }
    taken += part.size();
    in.copied = first.sequence + part.size();
    if (part.size() < first.data.size()) {
      first.data = first.data.slice(part.size());
      first.sequence += part.size();
      break;
    }
    if (first.fin) ++in.copied;
    in.used -= std::min(in.used, first.cost);
    ++gone;
  }
  in.queue.erase(in.queue.begin(), in.queue.begin() + static_cast<std::ptrdiff_t>(gone));
  if (taken == 0) return {};
  adjustBuffer(h);
  if (found->phase >= Phase::Established && found->phase != Phase::TimeWait) acknowledgeAfterRead(h, true);
  noteDeadline(work.state, *found);
  return gathered.empty() ? only : Bytes(std::move(gathered));
}

void shutdown(Work work, std::uint32_t id) {
  Connection* found = work.state.find(id);
  if (!found || found->out.closed) return;
  Hand h(work, *found);
  if (mayClose(h)) queueFin(h);
  noteDeadline(work.state, *found);
}

void close(Work work, std::uint32_t id, bool abort) {
  Connection* found = work.state.find(id);
  if (!found) return;
  Hand h(work, *found);
  Connection& c = *found;
  c.socket = SocketId{};
  c.orphan = true;
  c.in.closed = true;
  std::uint32_t unread = 0;
  for (const Received& one : c.in.queue) unread += one.data.size();
  c.in.queue.clear();
  c.in.used = 0;
  for (const Received& one : c.in.early) c.in.used += one.cost;
  if (unread != 0 && c.phase != Phase::Closed && c.phase != Phase::TimeWait) {
    h.decide(Rule::ResetUnread, unread);
    abortConnection(h);
  } else if (abort) {
    h.decide(Rule::ResetByProgram);
    abortConnection(h);
  } else if (c.phase == Phase::SynSent) {
    enter(h, Phase::Closed);
  } else if (!c.out.closed && mayClose(h)) {
    queueFin(h);
  }
  if (c.phase == Phase::FinWait2) {
    c.minimal = true;
    keepAliveAfter(h, work.config.finTimeout);
  }
  noteDeadline(work.state, c);
  finishClose(h);
}

void closeListener(Work work, std::uint32_t id) {
  Listener* listener = work.state.listener(id);
  if (!listener) return;
  // Nobody will ever accept these (Linux inet_csk_listen_stop).
  const std::vector<std::uint32_t> ready = std::move(listener->ready);
  std::erase_if(work.state.listeners, [id](const Listener& one) { return one.id == id; });
  for (const std::uint32_t one : ready) close(work, one, true);
}

void setKeepAlive(Work work, std::uint32_t id, bool on) {
  Connection* found = work.state.find(id);
  if (!found) return;
  Hand h(work, *found);
  found->choices.keepAlive = on;
  if (on && found->phase >= Phase::Established && found->timers.keepAlive == kNever) keepAliveAfter(h, work.config.keepAliveTime);
  noteDeadline(work.state, *found);
}

void setBuffers(Work work, std::uint32_t id, const Buffers& buffers) {
  Connection* found = work.state.find(id);
  if (!found) return;
  if (buffers.receive != 0) found->in.buffer = buffers.receive, found->in.bufferFixed = true;
  if (buffers.send != 0) found->out.buffer = buffers.send, found->out.bufferFixed = true;
  if (buffers.mss == 0) return;
  Hand h(work, *found);
  found->out.wantedMss = buffers.mss;
  setMtu(h, found->out.mtu);
}

}  // namespace hw::tcp
