// The journal gives back what was written, over chunk borders, in forks and in copies.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/journal/journal.h"
#include "core/proto/arp/arp_rules.h"

namespace hw {
namespace {

/// An event with all its parts, and the frames it sends.
struct Written {
  EventEntry entry;
  std::vector<std::uint64_t> words;
  std::vector<Frame> frames;
  std::vector<TransmissionEntry> sent;
};

/// Random events, each a function of (seed, index) and the time before.
class Writer {
 public:
  explicit Writer(std::uint64_t seed, std::uint32_t frameSize = 90) : m_seed(seed), m_frameSize(frameSize) {}

  Written make(std::uint64_t index, Time before) const {
    RandomStream random(m_seed, index);
    Written w;
    w.entry.index = index;
    w.entry.time = before + nanoseconds(random.between(0, 3'000'000));
    w.entry.kind = static_cast<EventKind>(random.below(3));
    w.entry.device = DeviceId{static_cast<std::uint32_t>(random.below(300))};
    if (w.entry.kind == EventKind::Arrival) {
      w.entry.port = InterfaceId{static_cast<std::uint32_t>(random.below(200))};
      w.entry.arrived = {random.below(index + 1), static_cast<std::uint16_t>(random.below(500))};
    }
    Decisions decisions;
    for (std::uint64_t i = random.below(4); i > 0; --i)
      decisions.decide(arp::Rule::CacheHit, random.next() & 0xFFFFFFFF, random.next());
    w.words.assign(decisions.words().begin(), decisions.words().end());
    for (std::uint64_t i = random.below(3); i > 0; --i) addFrame(w, random);
    return w;
  }

 private:
  void addFrame(Written& w, RandomStream& random) const {
    std::vector<std::uint8_t> bytes(14 + random.below(m_frameSize));
    for (std::uint8_t& one : bytes) one = static_cast<std::uint8_t>(random.next());
    Transmission what;
    what.id = {w.entry.index, static_cast<std::uint16_t>(w.sent.size())};
    what.port = InterfaceId{static_cast<std::uint32_t>(random.below(9))};
    if (random.below(2) == 0) what.link = LinkId{static_cast<std::uint32_t>(random.below(999))};
    what.fate = static_cast<Fate>(random.below(4));
    what.decision = static_cast<std::uint16_t>(random.below(60000));
    what.continuesArrival = random.below(2) == 0;
    if (random.below(3) == 0) what.waitedSince = random.below(w.entry.index + 1);
    what.sent = w.entry.time;
    what.departs = what.sent + nanoseconds(random.between(0, 1'000'000'000'000));
    what.arrives = what.departs + nanoseconds(random.between(0, 1'000'000));
    what.size = static_cast<std::uint32_t>(bytes.size());
    w.frames.emplace_back(ByteView(bytes));
    w.sent.push_back({what, nullptr});
  }

  std::uint64_t m_seed;
  std::uint32_t m_frameSize;
};

void append(Journal& journal, Written w) {
  for (std::size_t i = 0; i < w.sent.size(); ++i) w.sent[i].frame = &w.frames[i];
  w.entry.decisions = w.words;
  w.entry.sent = w.sent;
  journal.append(w.entry);
}

Time lastTime(const Journal& journal) {
  return journal.size() == 0 ? Time{} : journal.read(journal.size() - 1).time;
}

void fill(Journal& journal, const Writer& writer, std::uint64_t until) {
  Time time = lastTime(journal);
  while (journal.size() < until) {
    Written w = writer.make(journal.size(), time);
    time = w.entry.time;
    append(journal, std::move(w));
  }
}

void expectWritten(const Journal& journal, std::uint64_t index, const Writer& writer) {
  const Time before = index == 0 ? Time{} : journal.read(index - 1).time;
  const Written w = writer.make(index, before);
  const EventRecord record = journal.read(index);
  ASSERT_EQ(record.index, index);
  ASSERT_EQ(record.time, w.entry.time) << index;
  ASSERT_EQ(record.kind, w.entry.kind) << index;
  ASSERT_EQ(record.device, w.entry.device) << index;
  ASSERT_EQ(record.port, w.entry.port) << index;
  ASSERT_EQ(record.arrived, w.entry.arrived) << index;
  ASSERT_EQ(record.decisions, w.words) << index;
  ASSERT_EQ(record.sent.size(), w.sent.size()) << index;
  for (std::size_t i = 0; i < w.sent.size(); ++i) {
    const Transmission &read = record.sent[i], &wrote = w.sent[i].what;
    ASSERT_EQ(read.id, wrote.id);
    ASSERT_EQ(read.port, wrote.port);
    ASSERT_EQ(read.link, wrote.link);
    ASSERT_EQ(read.fate, wrote.fate);
    ASSERT_EQ(read.decision, wrote.decision);
    ASSERT_EQ(read.continuesArrival, wrote.continuesArrival);
    ASSERT_EQ(read.waitedSince, wrote.waitedSince);
    ASSERT_EQ(read.departs, wrote.departs);
    ASSERT_EQ(read.arrives, wrote.arrives);
    ASSERT_EQ(read.size, wrote.size);
    ASSERT_EQ(journal.frame(read.id), w.frames[i]);
  }
}

TEST(Journal, randomRecordsComeBackOverManyChunks) {
  const Writer writer(1, 800);
  Journal journal;
  constexpr std::uint64_t kEvents = 40'000;
  fill(journal, writer, kEvents);
  EXPECT_GT(journal.recordBytes(), 3u << 20);
  for (std::uint64_t i = 0; i < kEvents; i += 7) expectWritten(journal, i, writer);
  expectWritten(journal, kEvents - 1, writer);
}

TEST(Journal, aTimeIsFoundAtItsFirstEvent) {
  const Writer writer(2);
  Journal journal;
  EXPECT_EQ(journal.firstAtOrAfter(Time{}), 0u);
  fill(journal, writer, 1000);
  for (std::uint64_t i = 1; i < 1000; i += 13) {
    const std::uint64_t found = journal.firstAtOrAfter(journal.read(i).time);
    ASSERT_LE(found, i);
    ASSERT_EQ(journal.read(found).time, journal.read(i).time);
    if (found > 0) {
      ASSERT_LT(journal.read(found - 1).time, journal.read(i).time);
    }
  }
  EXPECT_EQ(journal.firstAtOrAfter(kNever), 1000u);
}

TEST(Journal, aForkKeepsItsPastAndGoesOnDifferently) {
  const Writer trunk(3), other(4);
  Journal journal;
  fill(journal, trunk, 2000);
  for (const std::uint64_t at : {0u, 1u, 31u, 32u, 33u, 64u, 1000u, 1999u, 2000u}) {
    Journal branch = journal.fork(at);
    ASSERT_EQ(branch.size(), at);
    fill(branch, other, at + 100);
    fill(journal, trunk, journal.size() + 10);
    for (std::uint64_t i = 0; i < at; i += 17) expectWritten(branch, i, trunk);
    for (std::uint64_t i = at; i < branch.size(); ++i) expectWritten(branch, i, other);
  }
  for (std::uint64_t i = 0; i < journal.size(); ++i) expectWritten(journal, i, trunk);
}

TEST(Journal, aForkOfAForkStandsByItself) {
  const Writer writers[] = {Writer(5), Writer(6), Writer(7)};
  Journal journal;
  fill(journal, writers[0], 100);
  Journal second = journal.fork(70);
  fill(second, writers[1], 140);
  Journal third = second.fork(96);
  fill(third, writers[2], 200);
  fill(second, writers[1], 180);
  for (std::uint64_t i = 0; i < 200; ++i) expectWritten(third, i, writers[i < 70 ? 0 : i < 96 ? 1 : 2]);
  for (std::uint64_t i = 70; i < 180; ++i) expectWritten(second, i, writers[1]);
}

TEST(Journal, aCopyAndItsOriginalDoNotWriteIntoEachOther) {
  const Writer writer(8), other(9);
  Journal journal;
  fill(journal, writer, 50);
  Journal copy = journal;
  fill(journal, writer, 120);
  fill(copy, other, 120);
  for (std::uint64_t i = 0; i < 120; ++i) expectWritten(journal, i, writer);
  for (std::uint64_t i = 50; i < 120; ++i) expectWritten(copy, i, other);
  Journal moved = std::move(copy);
  fill(moved, other, 150);
  for (std::uint64_t i = 50; i < 150; ++i) expectWritten(moved, i, other);
}

TEST(Journal, aRecordLargerThanAChunkIsWrittenWhole) {
  std::vector<std::uint8_t> bytes(60, 7);
  const Frame frame{ByteView(bytes)};
  std::vector<TransmissionEntry> sent(20'000);
  for (std::size_t i = 0; i < sent.size(); ++i) {
    sent[i].what.id = {0, static_cast<std::uint16_t>(i)};
    sent[i].what.size = 60;
    sent[i].frame = &frame;
  }
  Journal journal;
  EventEntry entry;
  entry.sent = sent;
  journal.append(entry);
  EXPECT_EQ(journal.read(0).sent.size(), sent.size());
  EXPECT_EQ(journal.frame({0, 19'999}), frame);
}

TEST(Journal, aSharedPayloadIsCountedOnce) {
  const Bytes payload(std::vector<std::uint8_t>(1000, 1));
  Frame first(payload.slice(0, 500)), second(payload.slice(500));
  first.pushFront(1)[0] = 1;
  second.pushFront(1)[0] = 2;
  TransmissionEntry sent[2];
  sent[0].frame = &first;
  sent[1].frame = &second;
  sent[1].what.id.ordinal = 1;
  EventEntry entry;
  entry.sent = sent;
  Journal journal;
  journal.append(entry);
  EXPECT_LE(journal.payloadBytes(), 1000u);
  EXPECT_EQ(journal.frame({0, 1}), second);
}

/// How the events of a writer are made again.
Journal::Remake again(const Writer& writer, int& made) {
  return [&writer, &made](Volume& volume, std::uint64_t end) {
    ++made;
    Time time = volume.startsAfter();
    while (volume.end() < end) {
      Written w = writer.make(volume.end(), time);
      time = w.entry.time;
      for (std::size_t i = 0; i < w.sent.size(); ++i) w.sent[i].frame = &w.frames[i];
      w.entry.decisions = w.words;
      w.entry.sent = w.sent;
      volume.append(w.entry);
    }
  };
}

TEST(Journal, whatWasDroppedIsMadeAgainWhenItIsRead) {
  const Writer writer(10, 40);
  constexpr std::uint64_t kEvents = Journal::kVolumeEvents * 5 + 1000;
  Journal whole, small;
  fill(whole, writer, kEvents);
  small.keepAtMost(whole.recordBytes() / 5);
  int made = 0;
  small.remadeBy(again(writer, made));
  fill(small, writer, kEvents);
  EXPECT_EQ(made, 0);
  EXPECT_LT(small.keptBytes(), whole.keptBytes() / 2);
  EXPECT_EQ(small.recordBytes(), whole.recordBytes());
  for (std::uint64_t i = 7; i < kEvents; i += 997) expectWritten(small, i, writer);
  EXPECT_GT(made, 0);
  const int before = made;
  for (std::uint64_t i = 0; i < 100; ++i) expectWritten(small, i, writer);
  EXPECT_LE(made, before + 1) << "what was made again is kept for a while";
  for (std::uint64_t i = 1; i < kEvents; i += 30'011) {
    const Time time = whole.read(i).time;
    ASSERT_EQ(small.firstAtOrAfter(time), whole.firstAtOrAfter(time)) << i;
    ASSERT_EQ(small.firstAtOrAfter(time + nanoseconds(1)), whole.firstAtOrAfter(time + nanoseconds(1))) << i;
  }
  EXPECT_EQ(small.firstAtOrAfter(Time{}), whole.firstAtOrAfter(Time{}));
  EXPECT_EQ(small.firstAtOrAfter(kNever), kEvents);
}

TEST(Journal, aForkInWhatWasDroppedKeepsItsPastAndGoesOnDifferently) {
  const Writer trunk(11, 40), other(12, 40);
  Journal journal;
  journal.keepAtMost(1);
  int made = 0;
  journal.remadeBy(again(trunk, made));
  fill(journal, trunk, Journal::kVolumeEvents * 2 + 10);
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4321}, Journal::kVolumeEvents,
                                 Journal::kVolumeEvents + 5, Journal::kVolumeEvents * 2, journal.size()}) {
    Journal branch = journal.fork(at);
    branch.remadeBy(again(trunk, made));
    ASSERT_EQ(branch.size(), at);
    fill(branch, other, at + 50);
    for (std::uint64_t i = 0; i < at; i += 9'973) expectWritten(branch, i, trunk);
    for (std::uint64_t i = at; i < branch.size(); ++i) expectWritten(branch, i, other);
  }
}

TEST(Journal, whatIsNotKeptIsNothing) {
  const Journal journal;
  EXPECT_FALSE(journal.transmission({0, 0}));
  EXPECT_FALSE(journal.transmission({}));
}

}  // namespace
}  // namespace hw
