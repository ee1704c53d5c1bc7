// The check language is judged when it is read: words, types, names.
#include "core/lesson/vocabulary.h"
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

std::string complaint(const std::string& text) {
  const project::Document document = network();
  const auto read = lesson::parseExpression(text, &document);
  return read ? "" : lesson::sentence(read.error(), "", Language::English);
}

struct WrongExpression {
  const char* text;
  std::size_t at;     ///< byte of the mistake
  const char* says;
};

TEST(Expression, aMistakeIsToldWithItsPlaceAndWhatIsKnownThere) {
  const WrongExpression kWrong[] = {
      {"reachs(\"h1\", \"192.0.2.1\")", 0, "“reachs” is unknown here; known: device, packets, reaches, owner"},
      {"device(\"h9\").forwards", 8, "the network has no device “h9”; known: h1, h2, sw1, r1, sw2, h3, h4"},
      {"device(\"h1\").mac == none", 13, "“mac” is unknown here; known: name, forwards"},
      {"device(\"h1\").interface(\"eth7\").up", 24, "the device has no interface “eth7”; known: eth0"},
      {"packets(\"icmp.typ == 8\").count", 9, "“icmp.typ” is no field and no protocol of a packet; did you mean icmp.type?"},
      {"packets(\"icmp.type == \").count", 22, "“the end” cannot stand here"},
      {"packets(\"arp\").first[\"eth.dts\"]", 22, "did you mean eth.dst?"},
      {"packets(\"arp\").count and true", 0, "a number stands where true or false belongs"},
      {"packets(\"arp\").count == \"two\"", 24, "a text stands where a number belongs"},
      {"packets(\"arp\").count >= ", 24, "“the end” cannot stand here; expected: a value"},
      {"(packets(\"arp\").count >= 2", 26, "expected: )"},
      {"device(h1)", 7, "a text in quotes belongs here; write it like \"h1\""},
      {"reaches(\"h1\", \"10.0.2.300\")", 15, "“10.0.2.300” is not an IP address"},
      {"device(\"h1\") == device(\"h2\")", 16, "a device stands where none belongs"},
      {"\"10.0.1.10\" in 24", 15, "a number stands where a subnet such as"},
      {"1 + \"a\" == 2", 4, "a text stands where a number belongs"},
      {"system(\"rm\")", 0, "“system” is unknown here"},
      {"$x", 0, "“$” cannot stand here"},
      {"\"no end", 0, "cannot stand here"},
  };
  for (const WrongExpression& one : kWrong) {
    const project::Document document = network();
    const auto read = lesson::parseExpression(one.text, &document);
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(read.error().place.column, one.at) << one.text;
    EXPECT_NE(lesson::sentence(read.error(), "", Language::English).find(one.says), std::string::npos)
        << one.text << "\n" << lesson::sentence(read.error(), "", Language::English);
  }
}

TEST(Expression, lengthDepthAndNumberOfPartsAreBounded) {
  EXPECT_NE(complaint(std::string(600, ' ') + "true"), "");
  EXPECT_NE(complaint(std::string(100, '(') + "true" + std::string(100, ')')), "");
  std::string many = "true";
  for (int i = 0; i < 80; ++i) many += "or true";
  EXPECT_NE(complaint(many), "");
  std::string nots;
  for (int i = 0; i < 100; ++i) nots += "not ";
  EXPECT_NE(complaint(nots + "true"), "");
  std::string filter(60, '(');
  EXPECT_NE(complaint("packets(\"" + filter + "\").count"), "");
}

TEST(Expression, andBindsCloserThanOrAndNotClosest) {
  const Session session = newSession();
  EXPECT_EQ(valueOf(session, "true or false and false"), "true");
  EXPECT_EQ(valueOf(session, "(true or false) and false"), "false");
  EXPECT_EQ(valueOf(session, "not false and true"), "true");
  EXPECT_EQ(valueOf(session, "1 + 2 - 4 + 9 == 8"), "true");
}

TEST(Expression, everyWordOfTheVocabularyHasAMeaningInBothLanguages) {
  for (const lesson::VocabularyWord& word : lesson::vocabulary()) {
    EXPECT_FALSE(word.meaning.en.empty());
    EXPECT_FALSE(word.meaning.zh.empty());
  }
}

}  // namespace
}  // namespace hw::test
