// tshark, the reference reader, understands what we write and knows the names we use.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/dissect/field_catalog.h"
#include "core/trace/pcapng_writer.h"
#include "tests/core/dissect/frames.h"

namespace hw::trace {
namespace {

std::string outputOf(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return "cannot run " + command;
  char buffer[4096];
  while (std::size_t got = fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

TEST(Tshark, readsInterfacesTimesCommentsAndDirections) {
  const auto path = std::filesystem::path(testing::TempDir()) / "hopwise_tshark_test.pcapng";
  {
    std::ofstream file(path, std::ios::binary);
    PcapngWriter writer(file);
    const auto first = writer.addInterface({"h1:eth0", "to the switch", 1, 1'000'000'000});
    const auto second = writer.addInterface({"r1:ppp0", "", 101, 0});
    const auto arp = dissect::frames::bytesOf(dissect::frames::kArpRequest);
    const auto ping = dissect::frames::bytesOf(dissect::frames::kPing);
    writer.write({first, 123'456'789, arp, "因为 ARP 表里没有", Direction::Outbound, 0});
    writer.write(
        {second, 1'000'000'001, {ping.begin() + 14, ping.end()}, "", Direction::Inbound, 0});
    writer.writeStatistics(2'000'000'000);
  }
  EXPECT_EQ(
      outputOf(
          "tshark -r " + path.string() +
          " -T fields -e frame.interface_name -e frame.interface_description -e frame.time_epoch"
          " -e frame.packet_flags_direction -e frame.comment -e _ws.malformed -e frame.protocols"),
      "h1:eth0\tto the switch\t0.123456789\t0x00000002\t因为 ARP 表里没有\t\teth:ethertype:arp\n"
      "r1:ppp0\t\t1.000000001\t0x00000001\t\t\traw:ip:icmp:data\n");
  std::filesystem::remove(path);
}

TEST(Tshark, knowsEveryFieldThatWeName) {
  std::istringstream lines(outputOf("tshark -G fields"));
  std::set<std::string> known;
  for (std::string line; std::getline(lines, line);) {
    // Options are protocols of their own to tshark, remarks too.
    if (line.rfind("F\t", 0) != 0 && line.rfind("P\t", 0) != 0) continue;
    const std::size_t from = line.find('\t', 2) + 1;
    known.insert(line.substr(from, line.find('\t', from) - from));
  }
  ASSERT_GT(known.size(), 100'000u);
  // The fields that are ours: the rest of an ICMP header that its table does not take apart.
  const std::set<std::string_view> ours{"icmp.rest", "icmpv6.rest"};
  for (const Field* field : dissect::allFields())
    EXPECT_TRUE(known.contains(std::string(field->key)) != ours.contains(field->key)) << field->key;
}

}  // namespace
}  // namespace hw::trace
