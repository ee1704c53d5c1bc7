// An application-layer gateway between HTTP and datagrams.
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// h1 speaks HTTP, h2 datagrams; the gateway stands between them and forwards nothing.
constexpr const char* kBetween = R"(
  host h1 eth0 192.0.2.1/24
  host gw eth0 192.0.2.254/24 eth1 198.51.100.254/24
  host h2 eth0 198.51.100.1/24
  link h1:eth0 gw:eth0
  link gw:eth1 h2:eth0)";

process::Gateway gatewayTo(const char* to) {
  process::Gateway program;
  program.port = 8080;
  program.beyond = {address(to), 7};
  return program;
}

process::UdpServe echo() {
  process::UdpServe program;
  program.options.port = 7;
  program.options.echo = true;
  return program;
}

process::Curl ask(const char* target) {
  process::Curl program;
  program.options.host = "gw";
  program.options.address = address("192.0.2.254");
  program.options.port = 8080;
  program.options.target = target;
  program.options.showHead = true;
  return program;
}

std::string statusOf(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(Gateway, endsBothProtocolsAndPassesTheMessage) {
  Lab lab(kBetween);
  lab.start("h2", echo());
  lab.start("gw", gatewayTo("198.51.100.1"));
  const ProcessId id = lab.start("h1", ask("/ask/what%20now"));
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_EQ(lab.printed("h1"), "HTTP/1.1 200 OK\nServer: gateway\nContent-Type: text/plain\nContent-Length: 8\n\nwhat now");
  EXPECT_NE(lab.printed("h2").find("received 8 bytes from 198.51.100.254 port "), std::string::npos) << "the datagram is the gateway's own";
  const std::string log = lab.printed("gw");
  EXPECT_TRUE(log.starts_with("listening 8080\nhttp 192.0.2.1:")) << log;
  EXPECT_TRUE(log.ends_with(" \"GET /ask/what%20now HTTP/1.1\" -> udp 198.51.100.1:7 8 bytes, sent 1 times, 8 bytes back -> 200\n")) << log;
  lab.run("10s");
  EXPECT_EQ(lab.state("gw").sockets.size(), 1u) << "only the listener is left";
}

TEST(Gateway, asksAgainWhenTheAnswerIsLost) {
  Lab lab(kBetween);
  lab.start("h2", echo());
  lab.start("gw", gatewayTo("198.51.100.1"));
  lab.cable("h2:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  const ProcessId id = lab.start("h1", ask("/ask/x"));
  lab.run("1500ms");
  lab.cable("h2:eth0", [](LinkConfig& c) { c.lossPpm = 0; });
  lab.run("3s");
  EXPECT_EQ(statusOf(lab.printed("h1")), "HTTP/1.1 200 OK");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_EQ(lab.printed("gw").find("sent 1 times"), std::string::npos) << lab.printed("gw");
}

TEST(Gateway, givesUpWhenNobodyAnswers) {
  Lab lab(kBetween);
  process::UdpServe silent = echo();
  silent.options.echo = false;
  lab.start("h2", silent);
  lab.start("gw", gatewayTo("198.51.100.1"));
  const ProcessId id = lab.start("h1", ask("/ask/x"));
  lab.run("3900ms");
  EXPECT_EQ(lab.exitCode("h1", id), std::nullopt);
  lab.run("300ms");
  EXPECT_EQ(statusOf(lab.printed("h1")), "HTTP/1.1 504 Gateway Timeout");
  EXPECT_NE(lab.printed("gw").find("sent 4 times, no answer -> 504"), std::string::npos) << lab.printed("gw");
}

TEST(Gateway, tellsOfErrorsOnTheOtherSide) {
  Lab lab(kBetween);
  lab.start("gw", gatewayTo("198.51.100.1"));
  lab.start("h1", ask("/ask/x"));
  lab.run("1s");
  EXPECT_EQ(statusOf(lab.printed("h1")), "HTTP/1.1 502 Bad Gateway") << "h2 says that the port is closed";
  Lab lost(kBetween);
  lost.start("gw", gatewayTo("203.0.113.1"));
  lost.start("h1", ask("/ask/x"));
  lost.run("1s");
  EXPECT_EQ(statusOf(lost.printed("h1")), "HTTP/1.1 502 Bad Gateway") << "there is no route";
}

TEST(Gateway, asksNothingWhenTheRequestIsNoQuestion) {
  for (const auto& [target, status] :
       {std::pair("/", "HTTP/1.1 404 Not Found"), {"/ask/", "HTTP/1.1 400 Bad Request"}, {"/ask/%zz", "HTTP/1.1 400 Bad Request"}}) {
    Lab lab(kBetween);
    lab.start("h2", echo());
    lab.start("gw", gatewayTo("198.51.100.1"));
    lab.start("h1", ask(target));
    lab.run("1s");
    EXPECT_EQ(statusOf(lab.printed("h1")), status) << target;
    EXPECT_EQ(lab.printed("h2"), "listening 7\n");
  }
}

TEST(Gateway, isTheSameWhenItIsPlayedAgain) {
  const auto play = [] {
    Lab lab(kBetween);
    lab.cable("h2:eth0", [](LinkConfig& c) { c.lossPpm = 400'000; });
    lab.start("h2", echo());
    lab.start("gw", gatewayTo("198.51.100.1"));
    for (const char* target : {"/ask/a", "/ask/b", "/ask/c"}) lab.start("h1", ask(target));
    lab.run("20s");
    return std::pair(hashOf(lab.world), lab.printed("gw"));
  };
  EXPECT_EQ(play(), play());
}

}  // namespace
}  // namespace hw::test
