// The options of a TCP header (RFC 9293 3.1, RFC 7323, RFC 2018) as a table.
#pragma once

#include "core/wire/schema.h"

namespace hw::tcp {

enum OptionKind : std::uint8_t {
  kEndOfOptions = 0,
  kNoOperation = 1,
  kMaximumSegmentSize = 2,
  kWindowScale = 3,
  kSackPermitted = 4,
  kSack = 5,
  kTimestamps = 8
};

struct OptionInfo {
  OptionKind kind{};
  std::uint8_t size = 0;  ///< with kind and length; 0: as the length says
  Field field;            ///< the option as a whole
};

inline constexpr OptionInfo kOptions[] = {
    {kEndOfOptions,
     1,
     {"tcp.options.eol",
      {"End of option list", "选项表结束"},
      {"Nothing but padding follows.", "后面只有填充。"},
      Show::Bytes}},
    {kNoOperation,
     1,
     {"tcp.options.nop",
      {"No operation", "无操作"},
      {"One byte that aligns the next option.", "用于对齐下一个选项的一个字节。"},
      Show::Bytes}},
    {kMaximumSegmentSize,
     4,
     {"tcp.options.mss",
      {"Maximum segment size", "最大段长度"},
      {"The most data that the sender of this wants in one segment.",
       "发送方愿意在一个段中接收的最大数据量。"},
      Show::Bytes}},
    {kWindowScale,
     3,
     {"tcp.options.wscale",
      {"Window scale", "窗口扩大"},
      {"By how many bits the windows of this sender are shifted (RFC 7323).",
       "该发送方的窗口值应左移的位数（RFC 7323）。"},
      Show::Bytes}},
    {kSackPermitted,
     2,
     {"tcp.options.sack_perm",
      {"SACK permitted", "允许选择确认"},
      {"The sender understands selective acknowledgments (RFC 2018).",
       "发送方支持选择确认（RFC 2018）。"},
      Show::Bytes}},
    {kSack,
     0,
     {"tcp.options.sack",
      {"SACK", "选择确认"},
      {"Blocks that arrived although something before them is missing.",
       "前面有缺失但已到达的数据块。"},
      Show::Bytes}},
    {kTimestamps,
     10,
     {"tcp.options.timestamp",
      {"Timestamps", "时间戳"},
      {"The sender's clock and the other's clock returned: measures the round trip (RFC 7323).",
       "发送方的时钟和送回的对方时钟：用于测量往返时间（RFC 7323）。"},
      Show::Bytes}},
};

}  // namespace hw::tcp
