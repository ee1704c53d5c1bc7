#include "core/trace/capture.h"

#include <array>

namespace hw::trace {
namespace {

struct ProblemText {
  CaptureProblem problem;
  bool hex;  ///< the found value is a pattern, not a count
  Text text;
};

constexpr ProblemText kTexts[] = {
    {CaptureProblem::UnknownMagic,
     true,
     {"found {}, which is no capture file; pcap starts with 0xa1b2c3d4 or 0xa1b23c4d, pcapng with "
      "0x0a0d0d0a",
      "发现 {}，这不是抓包文件；pcap 以 0xa1b2c3d4 或 0xa1b23c4d 开头，pcapng 以 0x0a0d0d0a 开头"}},
    {CaptureProblem::UnsupportedVersion,
     false,
     {"found version {}; version 2 of pcap and version 1 of pcapng can be read",
      "发现版本 {}；可读取的是 pcap 版本 2 和 pcapng 版本 1"}},
    {CaptureProblem::Truncated,
     false,
     {"the file ends here, where {} more bytes were promised",
      "文件在此结束，而按声明还应有 {} 个字节"}},
    {CaptureProblem::BadByteOrder,
     true,
     {"found {} as byte order; 0x1a2b3c4d in either order would be right",
      "发现字节序标记 {}；应为任一字节序的 0x1a2b3c4d"}},
    {CaptureProblem::BadBlockLength,
     false,
     {"found a block length of {}; it must be a multiple of 4 and at least 12",
      "发现块长度 {}；它必须是 4 的倍数且至少为 12"}},
    {CaptureProblem::BlockLengthsDiffer,
     false,
     {"the block ends with the length {}, which is not the one it began with",
      "块末尾的长度是 {}，与开头的长度不同"}},
    {CaptureProblem::BlockTooLong,
     false,
     {"found a block of {} bytes; a block with a packet or an interface has at most 1048576",
      "发现 {} 字节的块；含数据包或接口的块最多 1048576 字节"}},
    {CaptureProblem::PacketTooLong,
     false,
     {"found a packet of {} bytes; at most 262144 are captured of a packet",
      "发现 {} 字节的数据包；每个数据包最多捕获 262144 字节"}},
    {CaptureProblem::PacketPastBlock,
     false,
     {"found a packet of {} bytes, which reaches past the end of its block",
      "发现 {} 字节的数据包，超出了所在块的末尾"}},
    {CaptureProblem::UnknownInterface,
     false,
     {"found interface {}, which no block before describes", "发现接口 {}，之前没有描述它的块"}},
    {CaptureProblem::TooManyInterfaces,
     false,
     {"found interface number {}; at most 4096 can be read",
      "发现第 {} 个接口；最多可读取 4096 个"}},
    {CaptureProblem::OptionPastBlock,
     false,
     {"found an option of {} bytes, which reaches past the end of its block",
      "发现 {} 字节的选项，超出了所在块的末尾"}},
    {CaptureProblem::NameTooLong,
     false,
     {"found a name of {} bytes; at most 1024 can be read",
      "发现 {} 字节的名称；最多可读取 1024 字节"}},
};

std::string hexText(std::uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[value >> shift & 0xF];
  return text;
}

}  // namespace

std::string CaptureError::text(Language language) const {
  const bool chinese = language == Language::Chinese;
  std::string out = chinese ? "第 " + std::to_string(offset) + " 字节处："
                            : "byte " + std::to_string(offset) + ": ";
  for (const ProblemText& row : kTexts) {
    if (row.problem != problem) continue;
    std::string sentence(row.text.in(language));
    const std::size_t gap = sentence.find("{}");
    if (gap != std::string::npos)
      sentence.replace(gap, 2, row.hex ? hexText(found) : std::to_string(found));
    out += sentence;
  }
  return out;
}

}  // namespace hw::trace
