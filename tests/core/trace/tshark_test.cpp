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
#include "tests/core/sim/lab.h"

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

TEST(Tshark, followsAnExchangeOfHttp) {
  test::Lab lab(test::kRouted);
  process::HttpServe server;
  server.port = 80;
  server.device = "h2";
  lab.start("h2", server);
  process::Curl client;
  client.options.host = "h2";
  client.options.address = test::address("198.51.100.1");
  for (const char* target : {"/bytes/5000", "/nosuch"}) {
    client.options.target = target;
    lab.start("h1", client);
    lab.run("1s");
  }
  const auto path = std::filesystem::path(testing::TempDir()) / "hopwise_tshark_http_test.pcapng";
  {
    std::ofstream file(path, std::ios::binary);
    PcapngWriter writer(file);
    const auto cable = writer.addInterface({"h2:eth0", "", 1, 1'000'000'000});
    const LinkEnd end = lab.end("h2:eth0");
    const LinkId link = lab.world.plugAt(end.device, end.port)->link;
    for (const auto& [transmission, bytes] : lab.tapped)
      if (transmission.link == link) writer.write({cable, transmission.departs.ns, bytes, "", Direction::Inbound, 0});
  }
  const std::string show = "tshark -r " + path.string() + " -o tcp.check_checksum:TRUE";
  EXPECT_EQ(
      outputOf(show +
               " -Y http -T fields -e http.request.method -e http.request.uri -e http.host -e http.response.code -e http.content_length"),
      "GET\t/bytes/5000\th2\t\t\n\t\t\t200\t5000\nGET\t/nosuch\th2\t\t\n\t\t\t404\t14\n");
  EXPECT_EQ(outputOf(show + " -Y '_ws.malformed || tcp.checksum.status == 0 || tcp.analysis.flags'"), "");
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
