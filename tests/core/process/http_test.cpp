// HTTP as text: what is a head, what is none, what it says (RFC 9110, 9112).
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/process/http.h"

namespace hw::process::http {
namespace {

/// The request of some lines with a Host; "" if it is none.
std::string refusal(std::string head) {
  const auto request = parseRequest(head + "\r\n");
  return request ? "" : std::to_string(static_cast<int>(request.error()));
}

TEST(HttpHead, endsWithAnEmptyLine) {
  EXPECT_EQ(headEnd("GET / HTTP/1.1\r\nHost: a\r\n\r\nmore"), 27u);
  EXPECT_EQ(headEnd("GET / HTTP/1.1\nHost: a\n\nmore"), 24u) << "LF alone ends a line too";
  EXPECT_EQ(headEnd("GET / HTTP/1.1\r\nHost: a\r\n"), std::nullopt);
  EXPECT_EQ(headEnd(""), std::nullopt);
  EXPECT_EQ(emptyLines("\r\n\nGET"), 3u);
  EXPECT_EQ(firstLine("GET / HTTP/1.1\r\nHost: a"), "GET / HTTP/1.1");
}

TEST(HttpRequest, saysWhatIsWantedAndWhetherMoreFollows) {
  const auto request = parseRequest("GET /bytes/5?x=1 HTTP/1.1\r\nHOST: h2:8080\r\nAccept: */*\r\n\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, Method::Get);
  EXPECT_EQ(request->target, "/bytes/5?x=1");
  EXPECT_TRUE(request->persistent);
  EXPECT_EQ(parseRequest("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")->method, Method::Head);
  EXPECT_EQ(parseRequest("get / HTTP/1.1\r\nHost: a\r\n\r\n")->method, Method::Other) << "methods are as they are written";
  EXPECT_EQ(parseRequest("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")->method, Method::Other);
  EXPECT_EQ(parseRequest("GET http://h2/time HTTP/1.1\r\nHost: a\r\n\r\n")->target, "/time");
  EXPECT_EQ(parseRequest("GET http://h2 HTTP/1.1\r\nHost: a\r\n\r\n")->target, "/");
  EXPECT_FALSE(parseRequest("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade, Close\r\n\r\n")->persistent);
  EXPECT_FALSE(parseRequest("GET / HTTP/1.0\r\n\r\n")->persistent);
  EXPECT_EQ(parseRequest("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n")->bodySize, 12u);
}

TEST(HttpRequest, isRefusedWhereTheGrammarIsBroken) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\n"), "");
  for (const char* bad : {"GET /\r\n", "GET  HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1 \r\nHost: a\r\n", "G@T / HTTP/1.1\r\nHost: a\r\n",
                          "GET /a b HTTP/1.1\r\nHost: a\r\n", "GET time HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/11\r\nHost: a\r\n",
                          "GET / http/1.1\r\nHost: a\r\n"})
    EXPECT_EQ(refusal(bad), "400") << bad;
  for (const char* bad :
       {"", "Host: a\r\nHost: b\r\n", "Host : a\r\n", "Host: a\r\n folded: b\r\n", "Host: a\r\nno colon\r\n", "Host: a\rb\r\n",
        "Host: a\r\nContent-Length: -1\r\n", "Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
        "Host: a\r\nContent-Length: 99999999999999999999\r\n", "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"})
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\n" + std::string(bad)), "400") << bad;
  EXPECT_EQ(refusal("GET / HTTP/2.0\r\nHost: a\r\n"), "505");
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"), "501");
}

TEST(HttpResponse, saysHowLongItsContentIs) {
  EXPECT_EQ(parseResponse("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n")->bodySize, 7u);
  EXPECT_EQ(parseResponse("HTTP/1.1 200\r\n\r\n")->bodySize, std::nullopt);
  EXPECT_EQ(parseResponse("HTTP/1.1 204 No Content\r\n\r\n")->bodySize, 0u);
  EXPECT_EQ(parseResponse("HTTP/1.1 404 Not Found\r\n\r\n")->status, 404);
  EXPECT_TRUE(parseResponse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")->chunked);
  EXPECT_FALSE(parseResponse("HTTP/1.0 200 OK\r\n\r\n")->persistent);
  for (const char* bad : {"", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
                          "ICY 200 OK\r\n\r\n", "HTTP/1.1 099 No\r\n\r\n", "HTTP/1.1 200 OK\r\nbad\r\n\r\n"})
    EXPECT_FALSE(parseResponse(bad)) << bad;
}

TEST(HttpResponse, isReadAsItIsWritten) {
  for (const Status status :
       {Status::Ok, Status::BadRequest, Status::NotFound, Status::RequestTimeout, Status::UriTooLong, Status::HeadTooLarge,
        Status::NotImplemented, Status::BadGateway, Status::GatewayTimeout, Status::VersionNotSupported}) {
    const std::string head = responseHead({status, 42, status == Status::Ok}, "test");
    ASSERT_EQ(headEnd(head), head.size());
    const auto response = parseResponse(head);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, static_cast<int>(status));
    EXPECT_EQ(response->bodySize, 42u);
    EXPECT_EQ(response->persistent, status == Status::Ok);
    EXPECT_FALSE(reason(status).empty());
  }
}

TEST(HttpUrl, hasAHostAPortAndAPath) {
  EXPECT_EQ(*parseUrl("http://192.0.2.1/"), (Url{"192.0.2.1", 80, "/"}));
  EXPECT_EQ(*parseUrl("HTTP://h2:8080"), (Url{"h2", 8080, "/"}));
  EXPECT_EQ(*parseUrl("h2/time?a#b"), (Url{"h2", 80, "/time?a"}));
  EXPECT_EQ(*parseUrl("h2?a"), (Url{"h2", 80, "/?a"}));
  EXPECT_EQ(*parseUrl("h2:/"), (Url{"h2", 80, "/"}));
  for (const char* bad : {"", "http://", "http://:80/", "http://h2:99999/", "http://h2:0/", "http://h2:80:80/", "http://h2/a b",
                          "http://u@h2/", "http://[::1]/"})
    EXPECT_EQ(parseUrl(bad).error(), UrlProblem::Malformed) << bad;
  EXPECT_EQ(parseUrl("ftp://h2/").error(), UrlProblem::OtherScheme);
}

TEST(HttpUrl, hidesCharactersBehindPercentSigns) {
  EXPECT_EQ(decodePercent("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(decodePercent("plain"), "plain");
  for (const char* bad : {"%", "%2", "%zz", "a%"}) EXPECT_EQ(decodePercent(bad), std::nullopt) << bad;
}

TEST(HttpChunks, areTakenApartWhereverTheStreamIsCut) {
  const std::string coded = "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nTrailer: a\r\n\r\nrest";
  for (std::size_t piece = 1; piece <= coded.size(); ++piece) {
    Chunks chunks;
    std::string content;
    for (std::size_t at = 0; at < coded.size(); at += piece) content += chunks.take(std::string_view(coded).substr(at, piece));
    EXPECT_EQ(content, "hello, world") << piece;
    EXPECT_EQ(chunks.at, Chunks::At::Done);
  }
  for (const std::string bad : {"x\r\n", "5\r\nhellothere\r\n", "\r\n", "11111111111111111\r\n"}) {
    Chunks chunks;
    chunks.take(bad);
    EXPECT_EQ(chunks.at, Chunks::At::Broken) << bad;
  }
}

/// Good messages with bytes changed, taken out and doubled: no crash, and nothing beyond the bounds.
TEST(HttpFunctions, takeAnyBytes) {
  RandomStream random(4, 2);
  const std::string seeds[] = {"GET /bytes/5 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                               "http://192.0.2.1:8080/a%20b?c#d"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = seeds[random.below(std::size(seeds))];
    for (std::uint64_t n = 1 + random.below(6); n > 0 && !text.empty(); --n) {
      const std::size_t at = random.below(text.size());
      if (random.below(3) == 0) text.erase(at, 1 + random.below(4));
      else if (random.below(2) == 0) text[at] = static_cast<char>(random.below(256));
      else text.insert(at, text.substr(random.below(text.size()), random.below(8)));
    }
    const auto end = headEnd(text);
    EXPECT_LE(end.value_or(0), text.size());
    EXPECT_LE(emptyLines(text), text.size());
    const std::string_view head = std::string_view(text).substr(0, end.value_or(text.size()));
    const auto request = parseRequest(head);
    EXPECT_TRUE(!request || request->method == Method::Other || request->target.starts_with('/'));
    const auto response = parseResponse(head);
    EXPECT_TRUE(!response || response->status >= 100);
    const auto url = parseUrl(text);
    EXPECT_TRUE(!url || url->port != 0);
    const auto plain = decodePercent(text);
    EXPECT_TRUE(!plain || plain->size() <= text.size());
    Chunks chunks;
    EXPECT_LE(chunks.take(text).size(), text.size());
  }
}

}  // namespace
}  // namespace hw::process::http
