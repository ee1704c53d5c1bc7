#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/oracle/clean_output.h"
#include "core/oracle/names.h"
#include "core/oracle/network.h"
#include "core/oracle/story.h"

namespace hw::oracle {
namespace {

using Json = nlohmann::json;

std::string pair(const std::string& steps, const std::string& moreOfH1 = "") {
  return R"({"title": "t", "nodes": {"a": {"type": "host", "ifaces": {"eth0": {"ip": ["192.0.2.1/24"]}})" + moreOfH1 +
         R"(}, "b": {"type": "host", "ifaces": {"eth0": {"mac": "02:00:00:00:00:0b", "ip": ["192.0.2.2/24"]}}}},
      "links": [["a:eth0", "b:eth0"]], "steps": [)" + steps + "]}";
}

Json told(const std::string& scenario) {
  const auto parsed = parseScenario("n", scenario);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text());
  const auto story = tellStory(*parsed);
  EXPECT_TRUE(story) << (story ? "" : story.error().text());
  return story ? Json::parse(story->json) : Json();
}

std::string problem(const std::string& scenario) {
  const auto parsed = parseScenario("n", scenario);
  if (!parsed) return parsed.error().text();
  const auto story = tellStory(*parsed);
  return story ? "" : story.error().text();
}

TEST(Names, areGivenInOrderOfAppearance) {
  Names names({40000});
  EXPECT_EQ(names.name("port", "e", 50000), "e1");
  EXPECT_EQ(names.name("port", "e", 40001), "e2");
  EXPECT_EQ(names.name("port", "e", 50000), "e1");
  EXPECT_EQ(names.name("echo", "p", 50000), "p1");
  EXPECT_TRUE(names.isEphemeral(32768));
  EXPECT_FALSE(names.isEphemeral(32767));
  EXPECT_FALSE(names.isEphemeral(33500));
  EXPECT_FALSE(names.isEphemeral(40000));
}

TEST(CleanOutput, blanksTimesAndDropsTheLineOfRoundTrips) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(cleanOutput("64 bytes: icmp_seq=1 ttl=64 time=0.031 ms\n\nrtt min/avg = 1/2 ms\n"),
            (Lines{"64 bytes: icmp_seq=1 ttl=64 time=# ms", ""}));
  EXPECT_EQ(cleanOutput("1 packets transmitted, time 1018ms  \n"), Lines{"1 packets transmitted, time #ms"});
  EXPECT_EQ(cleanOutput(" 1  192.0.2.1  0.5 ms  12ms 3 msec"), Lines{" 1  192.0.2.1  # ms  #ms 3 msec"});
}

TEST(Network, hasTheMacAddressesThatTheRecorderGives) {
  const auto scenario = parseScenario("n", R"({"nodes": {"h": {"type": "host"}, "s": {"type": "bridge",
      "bridge": {"ageing_time": 200}}}, "links": [["h:eth0", "s:p1"]], "steps": []})");
  ASSERT_TRUE(scenario);
  const auto world = buildNetwork(*scenario);
  ASSERT_TRUE(world);
  const DeviceConfig& bridge = world->device(DeviceId{1}).config();
  EXPECT_EQ(world->device(DeviceId{0}).config().interfaces[1].mac.text(), "02:00:00:01:00:01");
  EXPECT_EQ(bridge.interfaces[2].name, "br0");
  EXPECT_EQ(bridge.interfaces[2].mac.text(), "02:00:00:02:00:d0");
  EXPECT_EQ(bridge.interfaces[2].bridge->ageingTime.ns, seconds(2).ns);
  EXPECT_EQ(bridge.interfaces[1].master, InterfaceId{2});
}

TEST(Story, tellsFramesStepsAndTables) {
  const Json story = told(pair(R"({"do": "ping", "on": "a", "to": "192.0.2.2", "snap": "s"},
                                  {"do": "exec", "on": "a", "cmd": "hostname"})"));
  ASSERT_EQ(story["frames"].size(), 4u);
  EXPECT_EQ(story["frames"][0]["on"], "a:eth0 > b:eth0");
  EXPECT_EQ(story["frames"][0]["s"], "ARP who-has 192.0.2.2 tell 192.0.2.1");
  EXPECT_EQ(story["frames"][3]["layers"][2]["name"], "echo reply");
  EXPECT_EQ(story["frames"][3]["layers"][2]["data"], 48);
  EXPECT_EQ(story["steps"][0]["rc"], 0);
  EXPECT_EQ(story["steps"][1]["out"], Json({"a"}));
  EXPECT_EQ(story["tables"]["s"]["a"]["neigh"], Json({"192.0.2.2 dev eth0 02:00:00:00:00:0b REACHABLE"}));
}

TEST(Story, aStepInTheBackgroundRunsOn) {
  const Json story = told(pair(R"({"do": "udp_serve", "on": "b", "port": 9, "bg": true},
      {"do": "udp_send", "on": "a", "to": "192.0.2.2", "port": 9, "size": [5], "args": "--sport 6000"})"));
  EXPECT_FALSE(story["steps"][0].contains("rc"));
  EXPECT_EQ(story["steps"][0]["out"], Json({"listening 9", "received 5 bytes from 192.0.2.1 port 6000"}));
}

TEST(Story, whatOnlyPrintsIsPassedOver) {
  const Json story = told(pair(R"({"do": "exec", "on": "a", "cmd": "ip route | awk '{print $1}'"})"));
  EXPECT_EQ(story["steps"][0]["told"], false);
}

TEST(Story, namesWhatIsNotBuilt) {
  EXPECT_EQ(problem(pair(R"({"do": "file", "on": "a"})")), "steps[0]: needs files, which is not built yet");
  EXPECT_THAT(problem(pair("", R"(, "nft": ["x"])")), testing::HasSubstr("nodes.a: needs `nft 'x\n'` (Error: syntax error"));
  EXPECT_EQ(problem(pair(R"({"do": "dance"})")), "steps[0].do: unknown step dance");
  EXPECT_EQ(problem("{"), "no JSON");
  EXPECT_EQ(problem("[]"), "an object is expected");
}

}  // namespace
}  // namespace hw::oracle
