// Opening: SYN, SYN and ACK, ACK; listeners with their two queues.
// Read first: RFC 9293 3.5, 3.10.7.2, 3.10.7.3; Linux tcp_conn_request, tcp_check_req.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

constexpr std::uint32_t kHeaders = 40;

std::uint32_t announcedMss(std::uint32_t mtu, std::uint32_t wanted) {
  const std::uint32_t mss = std::clamp(mtu, kHeaders + kLeastMss, 65'535u) - kHeaders;
  return wanted != 0 ? std::min(mss, wanted) : mss;
}

/// SYN and ACK of a request; they have no identification, for there is no socket yet.
void answer(Work work, const Request& request) {
  Options options;
  options.mss = static_cast<std::uint16_t>(request.announced);
  options.sackPermitted = request.sack;
  if (request.stamps)
    options.stamps = Stamps{static_cast<std::uint32_t>(work.env.now.ns / 1'000'000) + request.clockOffset, request.recentStamp};
  if (request.scaling) options.windowScale = request.ourScale;
  Segment& segment = work.out.segments.emplace_back();
  segment.local = request.local;
  segment.remote = request.remote;
  segment.header.sourcePort = request.local.port;
  segment.header.destinationPort = request.remote.port;
  segment.header.sequence = request.ours;
  segment.header.acknowledgment = request.theirs + 1;
  segment.header.flags = kSyn | kAck;
  segment.header.window = static_cast<std::uint16_t>(std::min(request.window, 65'535u));
  segment.optionsSize = writeOptions(options, segment.options);
  segment.header.headerWords = static_cast<std::uint8_t>((kHeaderSize + segment.optionsSize) / 4);
}

void beginRequest(Work work, Listener& listener, const Arrived& arrived) {
  const Env& env = work.env;
  const std::uint64_t peer = endpointFact(arrived.remote.address, arrived.remote.port);
  if (listener.ready.size() > listener.backlog)
    return static_cast<void>(env.decisions.decide(Rule::AcceptQueueFull, listener.local.port, listener.ready.size()));
  if (listener.requests.size() >= std::min<std::size_t>(std::max(listener.backlog, 8u), work.config.backlog))
    return static_cast<void>(env.decisions.decide(Rule::SynQueueFull, listener.local.port, listener.requests.size()));
  const Options& theirs = arrived.options;
  Request request;
  request.local = arrived.local;
  request.remote = arrived.remote;
  request.theirs = arrived.sequence();
  request.ours = static_cast<std::uint32_t>(env.random.next());
  request.clockOffset = static_cast<std::uint32_t>(env.random.next());
  request.mtu = arrived.mtu;
  request.mss = theirs.mss.value_or(536);
  request.announced = announcedMss(arrived.mtu, listener.buffers.mss);
  request.sack = work.config.sack && theirs.sackPermitted;
  request.stamps = work.config.timestamps && theirs.stamps;
  request.scaling = work.config.windowScaling && theirs.windowScale;
  request.theirScale = request.scaling ? *theirs.windowScale : std::uint8_t{0};
  if (theirs.stamps) request.recentStamp = theirs.stamps->value;
  const FirstWindow first =
      firstWindow(work.config, listener.buffers, request.announced - (request.stamps ? kTimestampsSize : 0), request.scaling);
  request.window = first.window;
  request.clamp = first.clamp;
  request.ourScale = first.scale;
  request.answered = env.now;
  request.deadline = tickAfter(env.now, kTimeoutInitial);
  env.decisions.decide(Rule::SynReceived, listener.local.port, peer);
  answer(work, request);
  work.state.nextDeadline = std::min(work.state.nextDeadline, request.deadline);
  listener.requests.push_back(request);
}

/// The third segment of the handshake: a connection comes to be.
Connection& accepted(Work work, Listener& listener, const Request& request, const Arrived& arrived) {
  Connection& c = addConnection(work, request.local, request.remote);
  c.listener = listener.id;
  c.choices = listener.choices;
  c.stamps = request.stamps;
  c.sack = request.sack;
  c.clockOffset = request.clockOffset;
  c.recentStamp = arrived.options.stamps && request.stamps ? arrived.options.stamps->value : request.recentStamp;
  c.recentAt = work.env.now;
  Receiver& in = c.in;
  if (listener.buffers.receive != 0) in.buffer = listener.buffers.receive, in.bufferFixed = true;
  if (listener.buffers.send != 0) c.out.buffer = listener.buffers.send, c.out.bufferFixed = true;
  in.initial = request.theirs;
  in.next = in.copied = in.windowAt = request.theirs + 1;
  in.window = in.threshold = request.window;
  in.clamp = request.clamp;
  in.scale = request.ourScale;
  in.announcedMss = request.announced;
  c.out.initial = request.ours;
  c.out.unacked = c.out.next = c.out.written = c.out.pushed = c.out.small = request.ours + 1;
  c.out.scale = request.theirScale;
  c.out.peerMss = request.mss;
  c.out.wantedMss = listener.buffers.mss;
  Hand h(work, c);
  setMtu(h, request.mtu);
  if (request.attempts == 0) measureRoundTrip(h, microsecondsOf(work.env.now - request.answered));
  setTimeout(h);
  establish(h);
  if (c.stamps) in.announcedMss -= kTimestampsSize;
  c.out.window = std::uint32_t{arrived.header.window} << c.out.scale;
  c.out.maxWindow = c.out.window;
  c.out.windowBy = arrived.sequence();
  h.decide(Rule::Accepted, h.peer(), request.local.port);
  return c;
}

void receiveForRequest(Work work, Listener& listener, std::size_t index, const Arrived& arrived) {
  Request& request = listener.requests[index];
  const Env& env = work.env;
  const Header& header = arrived.header;
  const auto inWindow = isBetween(arrived.sequence(), request.theirs + 1, request.theirs + 1 + request.window);
  const bool repeated = header.has(kSyn) && !header.has(kAck) && !header.has(kRst) && arrived.sequence() == request.theirs;
  if (repeated) {
    if (env.now < request.limitedUntil) return static_cast<void>(env.decisions.decide(Rule::AckLimited));
    request.limitedUntil = env.now + kNonsenseEvery;
    env.decisions.decide(Rule::SynAckSentAgain, endpointFact(request.remote.address, request.remote.port));
    answer(work, request);
    request.deadline = tickAfter(env.now, kTimeoutInitial * (std::int64_t{1} << request.attempts));
    return;
  }
  if (header.has(kRst)) {
    if (!inWindow) return;
    env.decisions.decide(Rule::ResetReceived);
    listener.requests.erase(listener.requests.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
  if (!header.has(kAck)) return static_cast<void>(env.decisions.decide(Rule::NoAckFlag));
  if (header.acknowledgment != request.ours + 1) {
    env.decisions.decide(Rule::SynAckUnacceptable, endpointFact(request.remote.address, request.remote.port));
    return answerWithReset(work, arrived);
  }
  if (!inWindow) return answer(work, request);
  if (listener.ready.size() > listener.backlog || work.state.connections.size() >= kMaxConnections)
    return static_cast<void>(env.decisions.decide(Rule::AcceptQueueFull, listener.local.port, listener.ready.size()));
  const Request done = request;
  listener.requests.erase(listener.requests.begin() + static_cast<std::ptrdiff_t>(index));
  Connection& c = accepted(work, listener, done, arrived);
  listener.ready.push_back(c.id);
  work.out.news.push_back(listener.socket);
  Hand h(work, c);
  takeData(h, arrived);
  acknowledgeIfDue(h);
  noteDeadline(work.state, c);
}

}  // namespace

void receiveAtListener(Work work, Listener& listener, const Arrived& arrived) {
  for (std::size_t i = 0; i < listener.requests.size(); ++i)
    if (listener.requests[i].remote == arrived.remote && listener.requests[i].local == arrived.local)
      return receiveForRequest(work, listener, i, arrived);
  const Header& header = arrived.header;
  // RFC 9293 3.10.7.2: first RST, second ACK, third SYN.
  if (header.has(kRst)) return;
  if (header.has(kAck)) {
    work.env.decisions.decide(Rule::Refused, listener.local.port, endpointFact(arrived.remote.address, arrived.remote.port));
    return answerWithReset(work, arrived);
  }
  if (header.has(kSyn) && !header.has(kFin)) return beginRequest(work, listener, arrived);
  work.env.decisions.decide(Rule::NoAckFlag);
}

void expireRequests(Work work, Listener& listener) {
  std::erase_if(listener.requests, [&](Request& request) {
    if (request.deadline > work.env.now) return false;
    const std::uint64_t peer = endpointFact(request.remote.address, request.remote.port);
    if (request.attempts >= work.config.synAckRetries) {
      work.env.decisions.decide(Rule::SynAckGivenUp, peer);
      return true;
    }
    ++request.attempts;
    work.env.decisions.decide(Rule::SynAckSentAgain, peer);
    answer(work, request);
    request.deadline = tickAfter(work.env.now, kTimeoutInitial * (std::int64_t{1} << request.attempts));
    return false;
  });
}

std::optional<std::uint32_t> open(Work work, const Opening& opening) {
  if (work.state.connections.size() >= kMaxConnections) return std::nullopt;
  if (const Connection* old = work.state.find(opening.local, opening.remote)) {
    if (old->phase != Phase::Closed || old->socket.valid()) return std::nullopt;
    removeConnection(work, old->id);
  }
  Connection& c = addConnection(work, opening.local, opening.remote);
  Hand h(work, c);
  c.socket = opening.socket;
  c.choices = opening.choices;
  c.clockOffset = static_cast<std::uint32_t>(work.env.random.next());
  Receiver& in = c.in;
  if (opening.buffers.receive != 0) in.buffer = opening.buffers.receive, in.bufferFixed = true;
  if (opening.buffers.send != 0) c.out.buffer = opening.buffers.send, c.out.bufferFixed = true;
  in.announcedMss = announcedMss(opening.mtu, opening.buffers.mss);
  const FirstWindow first = firstWindow(work.config, opening.buffers, in.announcedMss, work.config.windowScaling);
  in.window = in.threshold = first.window;
  in.clamp = first.clamp;
  in.scale = first.scale;
  c.out.initial = static_cast<std::uint32_t>(work.env.random.next());
  c.out.unacked = c.out.initial;
  c.out.next = c.out.written = c.out.pushed = c.out.small = c.out.initial + 1;
  c.out.wantedMss = opening.buffers.mss;
  c.out.mtu = opening.mtu;
  c.out.mss = in.announcedMss;
  c.timers.firstTimeout = work.env.now;
  enter(h, Phase::SynSent);
  h.decide(Rule::SynSent, h.peer(), in.announcedMss, in.window);
  sendSyn(h);
  setRetransmit(h, Wait::Timeout, kTimeoutInitial);
  noteDeadline(work.state, c);
  return c.id;
}

namespace {

/// What both a SYN and a SYN with ACK tell.
void takeOptions(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const Options& theirs = arrived.options;
  c.sack = h.config.sack && theirs.sackPermitted;
  c.stamps = h.config.timestamps && theirs.stamps;
  if (c.stamps) {
    c.recentStamp = theirs.stamps->value;
    c.recentAt = h.now();
    c.in.announcedMss -= kTimestampsSize;
  }
  if (h.config.windowScaling && theirs.windowScale) {
    c.out.scale = *theirs.windowScale;
  } else {
    c.out.scale = c.in.scale = 0;
    c.in.clamp = std::min(c.in.clamp, 65'535u);
    c.in.window = std::min(c.in.window, 65'535u);
  }
  c.out.peerMss = theirs.mss.value_or(536);
  c.in.initial = arrived.sequence();
  c.in.next = c.in.copied = c.in.windowAt = arrived.sequence() + 1;
  c.out.window = arrived.header.window;
  c.out.maxWindow = std::max(c.out.maxWindow, c.out.window);
  c.out.windowBy = arrived.sequence();
  setMtu(h, c.out.mtu);
}

/// RFC 9293 3.5: both SYNs cross.
void openTogether(Hand& h, const Arrived& arrived) {
  h.decide(Rule::SimultaneousOpen, h.peer());
  takeOptions(h, arrived);
  enter(h, Phase::SynReceived);
  sendSyn(h);
  setRetransmit(h, Wait::Timeout, h.c.roundTrip.timeout);
}

}  // namespace

/// RFC 9293 3.10.7.3.
void receiveInSynSent(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const Header& header = arrived.header;
  if (header.has(kAck) && header.acknowledgment != c.out.next) {
    h.decide(Rule::SynAckUnacceptable, h.peer());
    return answerWithReset(h.work(), arrived);
  }
  if (header.has(kRst)) {
    if (!header.has(kAck)) return;
    h.decide(Rule::RefusedByPeer, h.peer());
    return endWith(h, Problem::Refused);
  }
  if (!header.has(kSyn)) return h.decide(Rule::NoAckFlag);
  if (!header.has(kAck)) return openTogether(h, arrived);
  takeOptions(h, arrived);
  const Duration age = h.now() - c.timers.firstTimeout;
  c.out.unacked = header.acknowledgment;
  if (c.timers.attempts == 0) measureRoundTrip(h, microsecondsOf(age));
  setTimeout(h);
  establish(h);
  h.decide(Rule::Opened, h.peer(), c.out.mss);
  h.tell();
  sendAck(h);
  takeData(h, arrived);
  acknowledgeIfDue(h);
  pushPending(h, Nagle::Normal);
}

}  // namespace hw::tcp
