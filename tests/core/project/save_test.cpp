#include <gtest/gtest.h>

#include "core/base/dump.h"
#include "core/base/random.h"
#include "core/project/load.h"
#include "core/project/save.h"

namespace hw::project {
namespace {

/// Documents of every shape the format can hold; not all of them would run.
class DocumentMaker {
 public:
  explicit DocumentMaker(std::uint64_t seed) : m_random(seed, 0) {}

  Document document() {
    Document made;
    made.seed = m_random.next();
    made.title = localized();
    for (std::uint64_t i = 0, n = m_random.below(6); i < n; ++i) made.nodes.push_back(node(i));
    for (std::uint64_t i = 0, n = m_random.below(6); i < n; ++i) made.links.push_back(link());
    for (std::uint64_t i = 0, n = m_random.below(3); i < n; ++i) made.notes.push_back({localized(), position()});
    return made;
  }

 private:
  bool coin() { return m_random.below(2) == 0; }
  std::uint32_t number() { return static_cast<std::uint32_t>(m_random.next()); }

  /// Texts that a careless writer would spoil.
  std::string text() {
    static const char* const kPieces[] = {
        "a",   "Z",    "0",  "9",   " ",  "  ",  ":",  ": ", " #",   "#",    "\"", "'",        "\\", "\n", "\t",   "\r",
        "[",   "]",    "{",  "}",   ",",  "&",   "*",  "!",  "|",    ">",    "%",  "@",        "`",  "-",  "- ",   "?",
        "网络", "é",    "…",  "\xC2\x85", "\xE2\x80\xA8", "\xC2\xA0", "\xEF\xBB\xBF", "😀",     "=",  "~",  "null", "true",
        "no",  "0x1F", "1:", "12",  ".",  "e5",  "/",  "---", "<<",  "$",    "^",  "ping -c 1 x &"};
    std::string made;
    for (std::uint64_t i = 0, n = m_random.below(6); i < n; ++i) made += kPieces[m_random.below(std::size(kPieces))];
    return made;
  }
  std::string name(std::uint64_t index) {
    static const char* const kNames[] = {"h", "12", "0x1", "no", "true", "路由器", "a.b", "null", "_", "1_0"};
    return kNames[m_random.below(std::size(kNames))] + std::to_string(index);
  }
  DocumentText localized() {
    DocumentText made{text(), {}};
    if (coin()) made.zh = text();
    return made;
  }
  std::optional<Position> position() {
    if (coin()) return std::nullopt;
    return Position{static_cast<int>(m_random.between(-100'000, 100'000)), static_cast<int>(m_random.below(1280))};
  }
  MacAddress mac() { return {m_random.next() & 0xFFFF'FFFF'FFFFu}; }
  Ipv4Address address() { return {number()}; }
  Ipv4Prefix network() {
    const Ipv4Prefix any{address(), static_cast<std::uint8_t>(m_random.below(33))};
    return {any.network(), any.length};
  }
  InterfaceSpec interface(std::uint64_t index) {
    InterfaceSpec made;
    made.name = name(index);
    if (coin()) made.mac = mac();
    for (std::uint64_t i = 0, n = m_random.below(3); i < n; ++i) {
      made.addresses.push_back({address(), static_cast<std::uint8_t>(m_random.below(33))});
    }
    if (coin()) made.mtu = static_cast<int>(m_random.between(68, 65535));
    made.down = coin();
    return made;
  }
  RouteSpec route() {
    RouteSpec made;
    made.prefix = network();
    made.type = static_cast<RouteType>(m_random.below(5));
    if (made.type == RouteType::Unicast) {
      made.via = address();
      if (coin()) made.device = name(0);
      made.onlink = coin();
    }
    if (coin()) made.src = address();
    if (coin()) made.metric = number();
    if (coin()) made.table = static_cast<std::uint32_t>(m_random.between(1, UINT32_MAX));
    if (coin()) made.mtu = static_cast<int>(m_random.between(68, 65535));
    return made;
  }
  Node node(std::uint64_t index) {
    Node made;
    made.name = name(index);
    made.kind = static_cast<NodeKind>(m_random.below(4));
    made.label = localized();
    made.position = position();
    for (std::uint64_t i = 0, n = m_random.below(4); i < n; ++i) made.interfaces.push_back(interface(i));
    if (coin()) made.bridge.ageingTime = nanoseconds(m_random.between(0, INT64_MAX));
    if (coin()) made.bridge.stp = coin();
    if (coin()) made.tapMetres = static_cast<int>(m_random.between(1, 100'000));
    for (std::uint64_t i = 0, n = m_random.below(4); i < n; ++i) made.routes.push_back(route());
    for (std::uint64_t i = 0, n = m_random.below(3); i < n; ++i) {
      made.neighbours.push_back({address(), mac(), name(i)});
    }
    for (std::uint64_t i = 0, n = m_random.below(3); i < n; ++i) made.sysctl[text() + std::to_string(i)] = text();
    for (std::uint64_t i = 0, n = m_random.below(3); i < n; ++i) made.start.push_back(text());
    return made;
  }
  LinkSpec link() {
    LinkSpec made;
    made.a = {name(0), name(1)};
    made.b = {name(2), name(3)};
    made.medium = static_cast<Medium>(m_random.below(2));
    if (coin()) made.latency = nanoseconds(m_random.between(1, INT64_MAX));
    if (coin()) made.bitsPerSecond = m_random.between(1, INT64_MAX);
    if (coin()) made.lossPpm = static_cast<std::uint32_t>(m_random.below(1'000'001));
    if (coin()) made.queue = QueueLimit{m_random.between(1, INT64_MAX), static_cast<QueueLimit::Unit>(m_random.below(2))};
    made.down = coin();
    if (coin()) made.duplex = static_cast<Duplex>(m_random.below(2));
    if (coin()) made.metres = static_cast<int>(m_random.between(1, 100'000));
    return made;
  }

  RandomStream m_random;
};

TEST(Save, whatIsSavedIsLoadedAgain) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Document document = DocumentMaker(seed).document();
    const std::string text = saveText(document);
    const auto loaded = loadText(text, "saved");
    ASSERT_TRUE(loaded) << "seed " << seed << "\n" << text << loaded.error().text();
    const auto difference = firstDifference(dumpOf(document), dumpOf(loaded->document));
    ASSERT_FALSE(difference) << "seed " << seed << "\n" << text << difference->path << ": " << difference->here
                             << " != " << difference->there;
    ASSERT_EQ(loaded->document, document);
    ASSERT_EQ(saveText(loaded->document), text);
  }
}

TEST(Save, leavesOutWhatIsAsByDefault) {
  Document document;
  document.nodes.push_back({});
  document.nodes[0].name = "h1";
  EXPECT_EQ(saveText(document), "version: 1\nseed: 1\nnodes:\n  h1:\n    kind: host\n");
  EXPECT_EQ(saveText(Document{}), "version: 1\nseed: 1\nnodes: {}\n");
}

TEST(Save, ofBytesThatAreNoTextCanBeLoaded) {
  Document document;
  document.title.en = std::string("a\0b\x1B\xFF\xE2\x80z\n", 9);
  const auto loaded = loadText(saveText(document), "saved");
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->document.title.en, "a\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFDz\n");
}

TEST(Save, quotesWhatYamlWouldTakeForSomethingElse) {
  for (const char* plain : {"h1", "default via 192.0.2.1 dev eth0", "udp-serve 7 --echo &", "h1:eth0", "两个子网",
                            "192.0.2.1/24", "net.ipv4.ip_forward"}) {
    EXPECT_EQ(yamlScalar(plain), plain);
  }
  for (const char* quotedText : {"1", "1.5", "0x1F", "12:30:00", "02:00:00:00:00:01", "true", "No", "null", "~", "-", ".5",
                             "- a", "a: b", "a #b", "&a", "*a", "!a", " a", "a ", "", "[a]", "{a}", "a,b", "a:"}) {
    EXPECT_EQ(yamlScalar(quotedText), '"' + std::string(quotedText) + '"');
  }
  EXPECT_EQ(yamlScalar("a\n\"b\"\\"), "\"a\\n\\\"b\\\"\\\\\"");
}

}  // namespace
}  // namespace hw::project
