#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(Line, isReadAsAPosixShellReadsIt) {
  const std::pair<const char*, const char*> cases[] = {
      {"echo a  b 'c  d' \"e f\" g\\ h", "a b c  d e f g h\n"},
      {"echo -n x; echo y", "xy\n"},
      {"a=1; echo $a b$ab ${a}c \"$a  x\" '$a'", "1 b 1c 1  x $a\n"},
      {"echo $(echo  p   q) \"$(echo  r)\"", "p q r\n"},
      {"true && echo yes || echo no", "yes\n"},
      {"false && echo yes || echo no", "no\n"},
      {"false; echo $?", "1\n"},
      {"! false && echo inverted", "inverted\n"},
      {"for x in a 'b c'; do echo [$x]; done", "[a]\n[b c]\n"},
      {"for x in $(seq 3); do for y in 1 2; do echo $x$y; done; done | tail -2", "31\n32\n"},
      {"seq 10 | head -3 | tail -1", "3\n"},
      {"seq 12 | grep -c 1", "4\n"},
      {"seq 12 | grep -v 1 | wc -l", "8\n"},
      {"seq 12 | grep -E '^(2|1[01])$'", "2\n10\n11\n"},
      {"echo b; echo a | sort", "b\na\n"},
      {"{ echo b; echo a; } | sort", "a\nb\n"},
      {"(echo x; false) >/dev/null; echo $?", "1\n"},
      {"if false; then echo 1; elif true; then echo 2; else echo 3; fi", "2\n"},
      {"if false; then echo 1; else echo 3; fi; echo after", "3\nafter\n"},
      {"nosuch 2>/dev/null; echo $?", "127\n"},
      {"nosuch >/dev/null", "sh: nosuch: not found\n"},
      {"nosuch 2>&1 | grep -c found", "1\n"},
      {"echo a # b", "a\n"},
      {"", ""},
      {"   ;", "sh: Syntax error: \";\" unexpected\n"},
      {"echo a >x", "sh: cannot create x: nonexistent directory or file; only a few files are simulated\n"},
      {"echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward", "1\n"},
      {"echo yes > /proc/sys/net/ipv4/ip_forward", "sh: cannot create /proc/sys/net/ipv4/ip_forward: Invalid argument\n"},
      {"echo a 2>x", "sh: Syntax error: errors cannot be written into a file here\n"},
      {"done", "sh: Syntax error: \"done\" unexpected\n"},
      {"for x in a", "sh: Syntax error: end of file unexpected\n"},
      {"if true; then echo", "sh: Syntax error: end of file unexpected (expecting \"fi\")\n"},
      {"echo \"a", "sh: Syntax error: Unterminated quoted string\n"},
      {"echo $(", "sh: Syntax error: end of file unexpected (expecting \")\")\n"},
      {"| echo", "sh: Syntax error: \"|\" unexpected\n"},
      {"echo a && | echo", "sh: Syntax error: \"|\" unexpected\n"},
      {"exit 3; echo never", ""},
      {"cat nofile", "cat: nofile: No such file or directory\n"},
      {"while true; do :; done", "sh: the line goes on for ever; it was ended\n"},
  };
  Terminal t(vethPair());
  for (const auto& [line, expected] : cases)
    EXPECT_EQ(t.type("h1", line), expected) << line;
}

TEST(Line, waitsForTheProgramsThatItStarts) {
  Terminal t(vethPair());
  const Time before = t.time().now();
  EXPECT_EQ(t.type("h1", "for i in 1 2; do sleep 0.5; echo $i; done"), "1\n2\n");
  EXPECT_EQ((t.time().now() - before).ns, seconds(1).ns);
  EXPECT_EQ(t.type("h1", "sleep 5 & echo started"), "started\n");
  EXPECT_EQ((t.time().now() - before).ns, seconds(1).ns);
  EXPECT_EQ(t.type("h1", "ps | tail -1"), "      4 sleep\n");
  EXPECT_EQ(t.type("h1", "kill 4; ps | wc -l"), "1\n");
  EXPECT_EQ(t.type("h1", "kill 4"), "sh: kill: (4) - No such process\n");
  EXPECT_EQ(t.exitCode, 1);
}

TEST(Line, aPipeGetsWhatAProgramPrints) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ping -c 2 -i 0.2 h2 | grep -c from"), "2\n");
  EXPECT_EQ(t.type("h1", "ping -c 1 h2 >/dev/null && echo reached"), "reached\n");
  EXPECT_EQ(t.type("h1", "x=$(hostname); echo I am $x"), "I am h1\n");
}

}  // namespace
}  // namespace hw::test
