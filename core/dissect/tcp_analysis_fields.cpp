#include "core/dissect/tcp_analysis_fields.h"

#include "core/dissect/tcp_fields.h"

namespace hw::dissect {
namespace {

struct MarkRow {
  std::uint32_t mark;
  const Field& about;
  Severity severity;
  std::string_view message;
};

constexpr std::string_view kRetransmitted = "This frame is a (suspected) retransmission";

constexpr MarkRow kRetransmissions[] = {
    {kRetransmission, tcpField("tcp.analysis.retransmission"), Severity::Note, kRetransmitted},
    {kFastRetransmission, tcpField("tcp.analysis.fast_retransmission"), Severity::Note,
     "This frame is a (suspected) fast retransmission"},
    {kFastRetransmission, tcpField("tcp.analysis.retransmission"), Severity::Note, kRetransmitted},
    {kSpuriousRetransmission, tcpField("tcp.analysis.spurious_retransmission"), Severity::Note,
     "This frame is a (suspected) spurious retransmission"},
    {kSpuriousRetransmission, tcpField("tcp.analysis.retransmission"), Severity::Note,
     kRetransmitted},
    {kOutOfOrder, tcpField("tcp.analysis.out_of_order"), Severity::Warning,
     "This frame is a (suspected) out-of-order segment"},
};

constexpr MarkRow kOthers[] = {
    {kReusedPorts, tcpField("tcp.analysis.reused_ports"), Severity::Note,
     "A new tcp session is started with the same ports as an earlier session in this trace"},
    {kLostSegment, tcpField("tcp.analysis.lost_segment"), Severity::Warning,
     "Previous segment(s) not captured (common at capture start)"},
    {kAckLostSegment, tcpField("tcp.analysis.ack_lost_segment"), Severity::Warning,
     "ACKed segment that wasn't captured (common at capture start)"},
    {kWindowUpdate, tcpField("tcp.analysis.window_update"), Severity::Chat, "TCP window update"},
    {kWindowFull, tcpField("tcp.analysis.window_full"), Severity::Warning,
     "TCP window specified by the receiver is now completely full"},
    {kKeepAlive, tcpField("tcp.analysis.keep_alive"), Severity::Note, "TCP keep-alive segment"},
    {kKeepAliveAck, tcpField("tcp.analysis.keep_alive_ack"), Severity::Note,
     "ACK to a TCP keep-alive segment"},
    {kZeroWindowProbe, tcpField("tcp.analysis.zero_window_probe"), Severity::Note,
     "TCP Zero Window Probe"},
    {kZeroWindow, tcpField("tcp.analysis.zero_window"), Severity::Warning,
     "TCP Zero Window segment"},
    {kZeroWindowProbeAck, tcpField("tcp.analysis.zero_window_probe_ack"), Severity::Note,
     "ACK to a TCP Zero Window Probe"},
};

void addMark(TreeField& flags, const MarkRow& row, std::uint32_t marks) {
  if ((marks & row.mark) == 0) return;
  addRemark(flags, {&row.about, row.severity, Group::Sequence, std::string(row.message)});
}

void addTime(Fields& out, const Field& about, std::uint32_t pos, std::int64_t ns) {
  addText(out, about, {pos, 0}, secondsText(ns)).generated = true;
}

void addCount(Fields& out, const Field& about, std::uint32_t pos, std::uint64_t count) {
  addNumber(out, about, {pos, 0}, count).generated = true;
}

void addMarks(Fields& out, const TcpSight& sight, std::uint32_t pos) {
  TreeField& flags = addHeading(out, tcpField("tcp.analysis.flags"), {pos, 0});
  flags.generated = true;
  for (const MarkRow& row : kRetransmissions) addMark(flags, row, sight.marks);
  if ((sight.marks & kRetransmission) != 0 && sight.rtoNs != 0) {
    addTime(flags.fields, tcpField("tcp.analysis.rto"), pos, sight.rtoNs);
    addCount(flags.fields, tcpField("tcp.analysis.rto_frame"), pos, sight.rtoFrame);
  }
  for (const MarkRow& row : kOthers) addMark(flags, row, sight.marks);
  if ((sight.marks & kDuplicateAck) != 0)
    addHeading(flags.fields, tcpField("tcp.analysis.duplicate_ack"), {pos, 0}).generated = true;
}

void addDuplicate(Fields& out, const TcpSight& sight, std::uint32_t pos) {
  if (sight.duplicateNumber == 0) return;
  addCount(out, tcpField("tcp.analysis.duplicate_ack_num"), pos, sight.duplicateNumber);
  addCount(out, tcpField("tcp.analysis.duplicate_ack_frame"), pos, sight.duplicateOf);
  addRemark(out.back(), {&tcpField("tcp.analysis.duplicate_ack"), Severity::Note, Group::Sequence,
                         "Duplicate ACK (#" + std::to_string(sight.duplicateNumber) + ")"});
}

}  // namespace

void addTcpAnalysis(Fields& out, const TcpSight& sight, std::uint32_t pos) {
  if (!sight.analysed) return;
  TreeField& analysis = addHeading(out, tcpField("tcp.analysis"), {pos, 0});
  analysis.generated = true;
  Fields& below = analysis.fields;
  if (sight.acksFrame != 0) {
    addCount(below, tcpField("tcp.analysis.acks_frame"), pos, sight.acksFrame);
    if (sight.ackRttNs != 0) addTime(below, tcpField("tcp.analysis.ack_rtt"), pos, sight.ackRttNs);
  }
  if (sight.initialRttNs != 0)
    addTime(below, tcpField("tcp.analysis.initial_rtt"), pos, sight.initialRttNs);
  if (sight.bytesInFlight != 0)
    addCount(below, tcpField("tcp.analysis.bytes_in_flight"), pos, sight.bytesInFlight);
  if (sight.pushBytesSent != 0)
    addCount(below, tcpField("tcp.analysis.push_bytes_sent"), pos, sight.pushBytesSent);
  if (sight.marks != 0) addMarks(below, sight, pos);
  addDuplicate(below, sight, pos);
}

}  // namespace hw::dissect
