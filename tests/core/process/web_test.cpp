// http-serve and curl: what is asked, what is answered, what goes wrong.
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

process::HttpServe httpServer(std::uint16_t port = 80) {
  process::HttpServe server;
  server.port = port;
  server.device = "h2";
  return server;
}

process::Curl curl(const char* target = "/", std::uint16_t port = 80) {
  process::Curl program;
  program.options.host = "198.51.100.1";
  program.options.address = address("198.51.100.1");
  program.options.port = port;
  program.options.target = target;
  return program;
}

/// Sends bytes as they are and prints what comes.
process::Netcat raw(const std::string& bytes, bool shut = false) {
  process::Netcat program;
  program.options.target = address("198.51.100.1");
  program.options.port = 80;
  program.options.piped = true;
  program.options.shutAtEnd = shut;
  program.options.input = Bytes(asBytes(bytes));
  return program;
}

/// What a server says to these bytes, without carriage returns.
std::string answerTo(const std::string& bytes) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  const ProcessId id = lab.start("h1", raw(bytes));
  lab.run("90s");
  EXPECT_EQ(lab.exitCode("h1", id), 0) << bytes;
  std::string text = lab.printed("h1");
  std::erase(text, '\r');
  return text;
}

std::size_t countOf(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(Programs, areAsSmallAsBefore) { EXPECT_LE(sizeof(process::Process), 408u); }

TEST(HttpServe, answersAndWritesALine) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  const ProcessId id = lab.start("h1", curl("/bytes/20"));
  lab.run("1s");
  EXPECT_EQ(lab.printed("h1"), "0123456789abcdef0123");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const std::string log = lab.printed("h2");
  EXPECT_EQ(log.substr(0, log.find('[')), "listening 80\n192.0.2.1 - - ");
  EXPECT_EQ(log.substr(log.find(']')), "] \"GET /bytes/20 HTTP/1.1\" 200 20\n");
  lab.run("20s");
  EXPECT_TRUE(std::get<process::HttpServe>(lab.state("h2").processes[0].program).connections.empty());
  EXPECT_EQ(lab.state("h2").sockets.size(), 1u) << "only the listener is left";
}

TEST(HttpServe, keepsAConnectionForMoreRequestsAndAnswersThemInOrder) {
  const std::string host = " HTTP/1.1\r\nHost: h2\r\n\r\n";
  const std::string text =
      answerTo("GET /bytes/3" + host + "\r\nGET /nosuch" + host + "HEAD /bytes/1000000" + host + "GET /bytes/4" + host);
  EXPECT_EQ(text,
            "HTTP/1.1 200 OK\nServer: http-serve\nContent-Type: text/plain\nContent-Length: 3\n\n012"
            "HTTP/1.1 404 Not Found\nServer: http-serve\nContent-Type: text/plain\nContent-Length: 14\n\n404 Not Found\n"
            "HTTP/1.1 200 OK\nServer: http-serve\nContent-Type: text/plain\nContent-Length: 1000000\n\n"
            "HTTP/1.1 200 OK\nServer: http-serve\nContent-Type: text/plain\nContent-Length: 4\n\n0123\n");
}

TEST(HttpServe, closesWhenItIsAskedTo) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  const ProcessId id =
      lab.start("h1", raw("GET /bytes/3 HTTP/1.1\r\nHost: h2\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: h2\r\n\r\n"));
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h1", id), 0) << "it does not wait for the idle connection to be closed";
  EXPECT_EQ(countOf(lab.printed("h1"), "HTTP/1.1"), 1u);
  EXPECT_NE(lab.printed("h1").find("Connection: close\r\n"), std::string::npos);
}

TEST(HttpServe, saysWhatItCannotDo) {
  const auto status = [](const std::string& bytes) { return answerTo(bytes).substr(9, 3); };
  EXPECT_EQ(status("nonsense\r\n\r\n"), "400");
  EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), "400");
  EXPECT_EQ(status("GET /nosuch HTTP/1.1\r\nHost: a\r\n\r\n"), "404");
  EXPECT_EQ(status("GET /bytes/x HTTP/1.1\r\nHost: a\r\n\r\n"), "404");
  EXPECT_EQ(status("GET /bytes/99999999999 HTTP/1.1\r\nHost: a\r\n\r\n"), "404");
  EXPECT_EQ(status("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), "501");
  EXPECT_EQ(status("GET / HTTP/3.0\r\nHost: a\r\n\r\n"), "505");
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nLong: " + std::string(10'000, 'x') + "\r\n\r\n"), "431");
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost"), "408") << "a head that never ends";
}

TEST(HttpServe, skipsTheContentOfARequest) {
  const std::string text =
      answerTo("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nGET / badGET /bytes/2 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(countOf(text, "501 Not Implemented\nServer"), 1u) << text;
  EXPECT_TRUE(text.ends_with("\n\n01\n")) << text;
}

TEST(HttpServe, servesSeveralAtTheSameTime) {
  Lab lab(std::string(kRouted) + "\n host h3 eth0 203.0.113.1/24\n link h3:eth0 r1:eth2\n");
  DeviceConfig config = lab.config("r1");
  config.interfaces.back().addresses.push_back(prefix("203.0.113.254/24"));
  lab.reconfigure("r1", config);
  config = lab.config("h3");
  config.routes = lab.config("h1").routes;
  config.routes[0].via = address("203.0.113.254");
  lab.reconfigure("h3", config);
  lab.start("h2", httpServer());
  lab.start("h1", raw("GET /bytes/3 HTTP/1.1\r\nHost: h2\r\n\r\n"));
  lab.run("1s");
  const ProcessId other = lab.start("h3", curl("/bytes/5"));
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h3", other), 0) << "the idle connection of h1 is in nobody's way";
  EXPECT_EQ(lab.printed("h3"), "01234");
}

TEST(HttpServe, lets64InAndTheOthersWait) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  const std::string request = "GET /bytes/3 HTTP/1.1\r\nHost: h2\r\n\r\n";
  for (int i = 0; i < 70; ++i) lab.start("h1", raw(request));
  const auto answered = [&] { return countOf(lab.printed("h2"), "200 3\n"); };
  lab.run("4s");
  EXPECT_EQ(answered(), process::kMostHttpConnections);
  lab.run("20s");
  EXPECT_EQ(answered(), 70u);
  EXPECT_EQ(lab.state("h2").sockets.size(), 1u);
}

TEST(HttpServe, forgetsAClientThatGoesAway) {
  Lab lab("host h1 eth0 198.51.100.2/24\n host h2 eth0 198.51.100.1/24\n link h1:eth0 h2:eth0 rate 10M queue 4000000");
  lab.start("h2", httpServer());
  const ProcessId id = lab.start("h1", curl("/bytes/100000000"));
  lab.run("1s");
  EXPECT_EQ(lab.state("h2").sockets.size(), 2u);
  lab.input("h1", SignalProcess{id, process::Signal::Interrupt});
  EXPECT_EQ(lab.exitCode("h1", id), 130);
  lab.run("5s");
  EXPECT_EQ(lab.state("h2").sockets.size(), 1u) << "the reset has reached it";
}

TEST(HttpServe, closesAnIdleConnection) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  const ProcessId id = lab.start("h1", raw("GET /bytes/3 HTTP/1.1\r\nHost: h2\r\n\r\n"));
  lab.run("4900ms");
  EXPECT_EQ(lab.exitCode("h1", id), std::nullopt);
  lab.run("300ms");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
}

/// Lossy cables, a megabyte: the client counts, and both ends are the same when it is played again.
std::pair<std::string, std::uint64_t> bigOverLoss() {
  Lab lab(R"(
    host h1 eth0 198.51.100.2/24
    host h2 eth0 198.51.100.1/24
    link h1:eth0 h2:eth0 rate 100M delay 1ms loss 10000)");
  lab.start("h2", httpServer());
  process::Curl program = curl("/bytes/1000000");
  program.options.discard = true;
  const ProcessId id = lab.start("h1", program);
  lab.run("60s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  return {lab.printed("h1"), hashOf(lab.world)};
}

TEST(Curl, getsABigContentOverALossyPathEachTimeAlike) {
  const auto [text, hash] = bigOverLoss();
  EXPECT_TRUE(
      text.starts_with("  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
                       "                                 Dload  Upload   Total   Spent    Left  Speed\n100  976k  100  976k    0     0  "))
      << text;
  EXPECT_EQ(bigOverLoss(), std::pair(text, hash));
}

TEST(Curl, showsOnlyTheBeginOfABigContent) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  lab.start("h1", curl("/bytes/70000"));
  lab.run("2s");
  const std::string text = lab.printed("h1");
  EXPECT_EQ(text.substr(65'536), "\n[4464 more bytes are not shown]\n");
}

TEST(Curl, tellsInDetailWhatItDoes) {
  Lab lab(kRouted);
  lab.start("h2", httpServer(8080));
  process::Curl program = curl("/nosuch", 8080);
  program.options.verbose = true;
  const ProcessId id = lab.start("h1", program);
  lab.run("1s");
  EXPECT_EQ(lab.printed("h1"),
            "*   Trying 198.51.100.1:8080...\n"
            "* Connected to 198.51.100.1 (198.51.100.1) port 8080 (#0)\n"
            "> GET /nosuch HTTP/1.1\n> Host: 198.51.100.1:8080\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n"
            "< HTTP/1.1 404 Not Found\n< Server: http-serve\n< Content-Type: text/plain\n< Content-Length: 14\n< \n"
            "404 Not Found\n"
            "* Connection #0 to host 198.51.100.1 left intact\n");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
}

TEST(Curl, asksForTheHeadAlone) {
  Lab lab(kRouted);
  lab.start("h2", httpServer());
  process::Curl program = curl("/bytes/1000000");
  program.options.headOnly = true;
  lab.start("h1", program);
  lab.run("1s");
  EXPECT_EQ(lab.printed("h1"), "HTTP/1.1 200 OK\nServer: http-serve\nContent-Type: text/plain\nContent-Length: 1000000\n\n");
  EXPECT_NE(lab.printed("h2").find("\"HEAD /bytes/1000000 HTTP/1.1\" 200 1000000"), std::string::npos);
}

struct CurlEnd {
  std::string text;
  std::optional<int> code;
};
/// What curl makes of a server that says this and then closes (with a reset, if it has not read).
CurlEnd fromServer(const char* says, const std::function<void(process::CurlOptions&)>& change = {}) {
  Lab lab(kRouted);
  process::Netcat server;
  server.options.listen = server.options.piped = server.options.shutAtEnd = true;
  server.options.port = 80;
  server.options.input = Bytes(asBytes(says));
  lab.start("h2", server);
  process::Curl program = curl();
  if (change) change(program.options);
  const ProcessId id = lab.start("h1", program);
  lab.run("30s");
  return {lab.printed("h1"), lab.exitCode("h1", id)};
}

TEST(Curl, nobodyListens) {
  Lab lab(kRouted);
  process::Curl program = curl("/", 81);
  program.options.verbose = true;
  const ProcessId id = lab.start("h1", program);
  lab.run("1s");
  EXPECT_EQ(lab.printed("h1"),
            "*   Trying 198.51.100.1:81...\n"
            "* connect to 198.51.100.1 port 81 failed: Connection refused\n"
            "* Failed to connect to 198.51.100.1 port 81 after 0 ms: Couldn't connect to server\n"
            "* Closing connection 0\n"
            "curl: (7) Failed to connect to 198.51.100.1 port 81 after 0 ms: Couldn't connect to server\n");
  EXPECT_EQ(lab.exitCode("h1", id), 7);
}

TEST(Curl, silenceEndsWithATimeout) {
  Lab lab(kRouted);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  process::Curl program = curl();
  program.options.patience = seconds(2);
  const ProcessId id = lab.start("h1", program);
  lab.run("1900ms");
  EXPECT_EQ(lab.exitCode("h1", id), std::nullopt);
  lab.run("300ms");
  EXPECT_EQ(lab.printed("h1"), "curl: (28) Connection timed out after 2000 milliseconds\n");
  EXPECT_EQ(lab.exitCode("h1", id), 28);
}

TEST(Curl, withoutALimitTheSystemGivesUp) {
  Lab lab(kRouted);
  lab.cable("h1:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  const ProcessId id = lab.start("h1", curl());
  lab.run("200s");
  EXPECT_EQ(lab.exitCode("h1", id), 7) << "no route to host: the neighbour does not answer";
  EXPECT_TRUE(lab.printed("h1").starts_with("curl: (7) Failed to connect to 198.51.100.1 port 80 after 3")) << lab.printed("h1");
}

TEST(Curl, aServerMaySayLittleOrNonsense) {
  const auto last = [](const CurlEnd& end) { return end.text.substr(end.text.rfind('\n', end.text.size() - 2) + 1); };
  CurlEnd end = fromServer("");
  EXPECT_EQ(end.text, "curl: (52) Empty reply from server\n");
  EXPECT_EQ(end.code, 52);
  end = fromServer("SSH-2.0-x\r\n");
  EXPECT_EQ(end.text, "curl: (1) Received HTTP/0.9 when not allowed\n");
  EXPECT_EQ(end.code, 1);
  end = fromServer("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\nhello\n");
  EXPECT_EQ(last(end), "curl: (18) transfer closed with 594 bytes remaining to read\n");
  EXPECT_EQ(end.code, 18);
  end = fromServer("HTTP/1.1 200 OK\r\n\r\nhello\n");
  EXPECT_EQ(end.text, "hello\n");
  EXPECT_EQ(end.code, 0);
  end = fromServer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(end.text, "abcde");
  EXPECT_EQ(end.code, 0);
  end = fromServer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
  EXPECT_EQ(end.code, 56);
}

TEST(Curl, keepsQuietIfItIsAsked) {
  const CurlEnd end = fromServer("", [](process::CurlOptions& o) { o.silent = true; });
  EXPECT_EQ(end.text, "");
  EXPECT_EQ(end.code, 52);
  EXPECT_EQ(fromServer("", [](process::CurlOptions& o) { o.silent = o.showErrors = true; }).text, "curl: (52) Empty reply from server\n");
}

TEST(Curl, doesNotPrintWhatIsNoText) {
  Lab lab(kRouted);
  process::Netcat server;
  server.options.listen = server.options.piped = true;
  server.options.port = 80;
  server.options.input = Bytes(asBytes(std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\0b", 41)));
  lab.start("h2", server);
  const ProcessId id = lab.start("h1", curl());
  lab.run("1s");
  EXPECT_TRUE(lab.printed("h1").starts_with("Warning: Binary output can mess up your terminal.")) << lab.printed("h1");
  EXPECT_EQ(lab.exitCode("h1", id), 23);
}

TEST(CurlMeter, writesNumbersInFivePlaces) {
  using process::curlMeter;
  EXPECT_EQ(curlMeter(200'000, 200'000, milliseconds(1)), "100  195k  100  195k    0     0   190M      0 --:--:-- --:--:-- --:--:--  190M");
  EXPECT_EQ(curlMeter(0, std::nullopt, seconds(2)), "  0     0    0     0    0     0      0      0 --:--:--  0:00:02 --:--:--     0");
  EXPECT_EQ(curlMeter(50'000'000, 100'000'000, seconds(10)),
            " 50 95.3M   50 47.6M    0     0  4882k      0  0:00:20  0:00:10  0:00:10 4882k");
}

}  // namespace
}  // namespace hw::test
