// Files that want to cost much. Each is refused with a clear error, in a process of its own whose
// memory and time are measured.
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "core/base/random.h"
#include "core/project/limits.h"
#include "core/project/load.h"

namespace hw::project {
namespace {

constexpr std::size_t kFull = kMaxFileBytes - 64;
#if defined(__SANITIZE_ADDRESS__)
constexpr int kSanitizerFactor = 20;  // its own memory and time are not ours
#else
constexpr int kSanitizerFactor = 1;
#endif
constexpr long kMaxGrowthKib = 16 * 1024 * kSanitizerFactor;
constexpr long kMaxMilliseconds = 3000 * kSanitizerFactor;  // a hang, on a busy machine

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

std::string counted(const std::string& head, std::size_t count, const std::function<std::string(std::string)>& line) {
  std::string text = head;
  for (std::size_t i = 0; i < count && text.size() < kFull; ++i) text += line(std::to_string(i));
  return text;
}

struct Hostile {
  const char* name;
  std::string file;
  const char* said;  ///< the beginning of the first message; empty: it is no error
};

std::string billionLaughs() {
  std::string text = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    text += std::string(1, c) + ": &" + c + " [" + repeated(std::string("*") + static_cast<char>(c - 1) + ", ", 30) + "]\n";
  }
  return text;
}

std::string staircase() {
  std::string text;
  for (std::size_t i = 0; i < 1900; ++i) text += std::string(i, ' ') + "a:\n";
  return text;
}

std::string noise() {
  RandomStream random(1, 2);
  std::string bytes;
  for (std::size_t i = 0; i < kFull; ++i) bytes += static_cast<char>(random.next());
  return bytes;
}

constexpr const char* kTooLong = "x:1:4: error: one text or comment is too long";
constexpr const char* kHead = "version: 1\nnodes:\n  a:\n    kind: host\n";

std::vector<Hostile> badSyntax() {
  return {
      {"64 MB", std::string(64 << 20, 'a'), "x: error: the file is too large"},
      {"random bytes", noise(), "x:1:"},
      {"only NUL", std::string(kFull, '\0'), "x:1:1: error: this is no text: byte 0x00"},
      {"UTF-16", std::string("\xFF\xFEv\0e\0r\0", 8), "x:1:1: error: this is no text: byte 0xff"},
      {"open lists", repeated("[", kFull), "x:1:17: error: lists and maps are nested too deeply"},
      {"open maps", repeated("{", kFull), "x:1:32: error: lists and maps are nested too deeply"},
      {"open maps with keys", repeated("{a: ", kFull), "x:1:"},
      {"lists and maps", repeated("[{", kFull), "x:1:"},
      {"lists in one line", repeated("- ", kFull), "x:1:65: error: lists and maps are nested too deeply"},
      {"questions", repeated("? ", kFull), "x:1:65: error: lists and maps are nested too deeply"},
      {"a staircase", staircase(), "x:33:33: error: lists and maps are nested too deeply"},
      {"billion laughs", billionLaughs(), "x:1:4: error: anchors (&a) and aliases (*a) are not read"},
      {"anchors", counted("a:\n", 150'000, [](auto i) { return " - &a" + i + " b\n"; }), "x:2:4: error: anchors"},
      {"tags", "a: " + repeated("!a ", kFull), "x:1:7: error: this is no valid YAML"},
      {"directives", counted("", 150'000, [](auto i) { return "%TAG !a" + i + "! b\n"; }), "x"},
      {"a text without end", "a: " + repeated("b", kFull), kTooLong},
      {"quotes without end", "a: \"" + repeated("b\\n", kFull), "x:1:1: error: one text or comment is too long"},
      {"a block without end", "a: |\n" + repeated(" b\n", kFull), kTooLong},
      {"line ends within quotes", "a: \"b" + repeated("\n", kFull) + "c\"", kTooLong},
      {"carriage returns", "a: b" + repeated("\r", kFull) + "c", kTooLong},
      {"blanks", "a:" + repeated(" ", kFull) + "b", "x:1:1: error: one text or comment is too long"},
      {"comments", repeated("# hello\n", kFull) + "a: b\n", "x:1:1: error: one text or comment is too long"},
      {"colons", repeated(":", kFull), "x:1:1: error: one text or comment is too long"},
      {"one comma", ",", "x: error: the file holds no project"},
      {"a colon in a list", "[:", "x:1:1: error: this is no valid YAML"},
      {"documents", repeated("---\n", kFull), "x:2:1: error: a second document starts here"},
  };
}

std::vector<Hostile> badValues() {
  return {
      {"elements", "a: [" + repeated("b,", kFull), "x:1:119999: error: the file holds too many values"},
      {"lines", "a:\n" + repeated("- b\n", kFull), "x:59999:3: error: the file holds too many values"},
      {"keys", counted("", 200'000, [](auto i) { return "k" + i + ": v\n"; }), "x:30000:9: error: the file holds too many"},
      {"maps that end at once", "a: [" + repeated("{},", kFull), "x:1:179996: error: the file holds too many values"},
      {"links to nowhere",
       counted(counted("version: 1\nnodes:\n", 12'000, [](auto i) { return "  " + repeated("x", 24) + i + ": {kind: host}\n"; }) +
                   "links:\n",
               1'000, [](auto i) { return "  - {ends: [" + repeated("y", 24) + i + ":e, z:f]}\n"; }),
       "x:12004:13: error: there is no node"},
      {"one address many times",
       counted(std::string(kHead) + "    interfaces: {e: {addresses: [", 55'000, [](auto) { return "192.0.2.1/24, "; }) + "]}}\n",
       "x:5:48: error: 192.0.2.1/24 stands twice"},
      {"one node many times", counted("version: 1\nnodes:\n", 14'000, [](auto) { return "  a: {kind: host}\n"; }),
       "x:4:3: error: “a” stands here a second time"},
      {"gateways of nowhere",
       counted(counted(std::string(kHead) + "    interfaces: {e: {addresses: [", 25'000,
                       [](auto i) { return "192.0." + std::to_string(std::stoi(i) % 200) + "." + std::to_string(std::stoi(i) / 200) + "/32, "; }) +
                   "]}}\n    routes:\n",
               25'000, [](auto i) { return "    - default via 198.51.100.9 metric " + i + "\n"; }),
       "x:7:7: error: the gateway 198.51.100.9"},
  };
}

/// Large but right: such files are read, and cost as little.
std::vector<Hostile> largeNetworks() {
  return {
      {"nodes", counted("version: 1\nnodes:\n", 14'000, [](auto i) { return "  n" + i + ": {kind: host}\n"; }), ""},
      {"ports",
       counted("version: 1\nnodes: {a: {kind: switch}, b: {kind: switch}}\nlinks:\n", 9'000,
               [](auto i) { return "  - {ends: [a:p" + i + ", b:p" + i + "]}\n"; }),
       ""},
      {"interfaces", counted(std::string(kHead) + "    interfaces:\n", 29'000, [](auto i) { return "      e" + i + ":\n"; }), ""},
      {"routes",
       counted(std::string(kHead) + "    routes:\n", 50'000, [](auto i) { return "    - blackhole default metric " + i + "\n"; }), ""},
      {"settings of many interfaces",
       counted(counted(std::string(kHead) + "    interfaces:\n", 10'000, [](auto i) { return "      e" + i + ":\n"; }) +
                   "    sysctl:\n",
               10'000, [](auto i) { return "      net.ipv4.conf.e" + i + ".forwarding: 1\n"; }),
       ""},
      {"settings", counted(std::string(kHead) + "    sysctl:\n", 29'000, [](auto i) { return "      some.setting." + i + ": some value\n"; }), "x:6:7: error: there is no sysctl"},
  };
}

struct Cost {
  long growthKib = 0;
  long milliseconds = 0;
  std::string said;
};

long milliseconds(const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; }

/// Loads the file in a child, whose growth is its own: what this process has freed is given back
/// before, so that the child cannot live on it.
Cost loadInChild(const std::string& file) {
  ::malloc_trim(0);
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    rusage before{};
    rusage after{};
    ::getrusage(RUSAGE_SELF, &before);
    const auto loaded = loadText(file, "x");
    ::getrusage(RUSAGE_SELF, &after);
    std::string said = loaded ? ProjectError{"x", loaded->problems}.text() : loaded.error().text();
    said.resize(std::min<std::size_t>(said.size(), 2000));
    said = std::to_string(after.ru_maxrss - before.ru_maxrss) + " " +
           std::to_string(milliseconds(after.ru_utime) - milliseconds(before.ru_utime)) + " " + said;
    static_cast<void>(!::write(ends[1], said.data(), said.size()));
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string answer;
  char piece[4096];
  for (ssize_t count = 0; (count = ::read(ends[0], piece, sizeof piece)) > 0;) {
    answer.append(piece, static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  Cost cost;
  char* rest = answer.data();
  cost.growthKib = std::strtol(rest, &rest, 10);
  cost.milliseconds = std::strtol(rest, &rest, 10);
  cost.said = *rest == '\0' ? "" : rest + 1;
  return cost;
}

void expectCheap(const std::vector<Hostile>& files) {
  for (const Hostile& hostile : files) {
    const Cost cost = loadInChild(hostile.file);
    const std::string_view wanted(hostile.said);
    EXPECT_EQ(wanted.empty() ? cost.said : cost.said.substr(0, wanted.size()), wanted) << hostile.name;
    EXPECT_LT(cost.growthKib, kMaxGrowthKib) << hostile.name;
    EXPECT_LT(cost.milliseconds, kMaxMilliseconds) << hostile.name;
    printf("  %-28s %6ld KiB %5ld ms\n", hostile.name, cost.growthKib, cost.milliseconds);
  }
}

TEST(HostileProject, withBadSyntaxIsRefusedCheaply) { expectCheap(badSyntax()); }
TEST(HostileProject, withBadValuesIsRefusedCheaply) { expectCheap(badValues()); }
TEST(HostileProject, thatIsOnlyLargeIsReadCheaply) { expectCheap(largeNetworks()); }

TEST(HostileProject, cutAnywhereIsReadOrRefused) {
  const std::string whole =
      "version: 1\nseed: 7\ntitle: {en: \"Two\\nnets\", zh_CN: 网络}\nnodes:\n  h1:\n    kind: host\n"
      "    interfaces: {eth0: {mac: '02:00:00:00:00:aa', addresses: [192.0.2.1/24]}}\n"
      "    routes:\n      - default via 192.0.2.9\n    start:\n      - ping -c 1 192.0.2.9 &\n"
      "  sw1: {kind: switch, bridge: {ageing_time: 20s}}\nlinks:\n  - {ends: [h1:eth0, sw1:p1], latency: 10us}\n"
      "notes:\n  - text: |\n      a block\n      of text\n";
  ASSERT_TRUE(loadText(whole, "x"));
  std::size_t refused = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto loaded = loadText(std::string_view(whole).substr(0, size), "x");
    if (loaded) continue;
    ++refused;
    EXPECT_FALSE(loaded.error().problems.empty()) << size;
  }
  EXPECT_GT(refused, whole.size() / 3);
}

TEST(HostileProject, withOneByteChangedIsReadOrRefused) {
  const std::string whole = "version: 1\nnodes:\n  h1: {kind: host, routes: [\"default dev eth0\"]}\nlinks: []\n";
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = whole;
      changed[at] = static_cast<char>(byte);
      const auto loaded = loadText(changed, "x");
      EXPECT_TRUE(loaded || !loaded.error().problems.empty()) << at << " " << byte;
    }
  }
}

TEST(HostileProject, ofAThousandNodesIsNoneAndLoadsAtOnce) {
  std::string file = counted("version: 1\nnodes:\n  r: {kind: router}\n", 1000, [](auto i) {
    const std::string net = "10." + std::to_string(std::stoi(i) / 250) + "." + std::to_string(std::stoi(i) % 250);
    return "  h" + i + ":\n    kind: host\n    position: [10, " + i + "]\n    interfaces:\n      eth0: {addresses: [" +
           net + ".2/24]}\n    routes:\n      - default via " + net + ".1\n";
  });
  file = counted(file + "links:\n", 1000, [](auto i) {
    return "  - {ends: [h" + i + ":eth0, r:e" + i + "], medium: ethernet, latency: 10us, rate: 1Gbit}\n";
  });
  const Cost cost = loadInChild(file);
  EXPECT_EQ(cost.said, "");
  EXPECT_LT(cost.milliseconds, 500 * kSanitizerFactor);
  printf("  1,000 nodes: %ld KiB, %ld ms\n", cost.growthKib, cost.milliseconds);
}

}  // namespace
}  // namespace hw::project
