#include "ui/inspector/explanation_text.h"

#include "ui/kit/theme.h"

namespace hw::inspector {
namespace {

QString escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QColor colourOf(Outcome outcome) {
  switch (outcome) {
  case Outcome::Dropped:
  case Outcome::Lost: return kit::theme().bad;
  case Outcome::Forwarded:
  case Outcome::Answered: return kit::theme().accent;
  case Outcome::Accepted: return kit::theme().good;
  case Outcome::Noted: break;
  }
  return kit::theme().mutedInk;
}

QString signOf(Outcome outcome) {
  switch (outcome) {
  case Outcome::Dropped:
  case Outcome::Lost: return QStringLiteral("✕");
  case Outcome::Forwarded:
  case Outcome::Answered: return QStringLiteral("→");
  case Outcome::Accepted: return QStringLiteral("✓");
  case Outcome::Noted: break;
  }
  return QStringLiteral("•");
}

class Writer {
 public:
  Writer(const ExplanationWords& words, const QSet<int>& open) : m_words(words), m_open(open) {}

  void heading(const QString& text) {
    m_html += QStringLiteral("<p style='margin:6px 0 2px 0'><b>%1</b></p>").arg(text);
  }
  void note(const QString& text) {
    m_html += QStringLiteral("<p style='margin:2px 0;color:%1'>%2</p>").arg(kit::theme().mutedInk.name(), text);
  }
  void sentences(const std::vector<explain::Sentence>& sentences) {
    for (const explain::Sentence& one : sentences) sentence(one);
  }
  QString html() const { return m_html; }

 private:
  void sentence(const explain::Sentence& one) {
    // A paragraph whose sign hangs in the margin; laying out a table takes twice as long.
    m_html += QStringLiteral("<p style='margin:2px 0 2px 18px;text-indent:-18px;white-space:pre-wrap'>"
                             "<b style='color:%1'>%2</b>\t%3 <span style='color:%4;font-size:small'>%5</span>")
                  .arg(colourOf(one.outcome).name(), signOf(one.outcome), escaped(one.text),
                       kit::theme().mutedInk.name(), escaped(one.source));
    if (!one.lost.empty()) fold(one);
    m_html += QStringLiteral("</p>");
    ++m_count;
  }
  void fold(const explain::Sentence& one) {
    const bool open = m_open.contains(m_count);
    m_html += QStringLiteral("<br><a href='fold:%1' style='color:%2;text-decoration:none'>%3 %4</a>")
                  .arg(m_count)
                  .arg(kit::theme().accent.name(), open ? QStringLiteral("▾") : QStringLiteral("▸"),
                       m_words.others(static_cast<int>(one.lost.size())));
    if (!open) return;
    for (const std::string& loser : one.lost)
      m_html += QStringLiteral("<br><span style='color:%1'>%2</span>")
                    .arg(kit::theme().mutedInk.name(), escaped(loser));
  }

  const ExplanationWords& m_words;
  const QSet<int>& m_open;
  QString m_html;
  int m_count = 0;
};

}  // namespace

QString explanationText(const model::PacketView& packet, const ExplanationWords& words,
                        const QSet<int>& open) {
  Writer writer(words, open);
  const std::string& from = packet.card.row.fromName;
  writer.heading(words.sent.arg(escaped(from.substr(0, from.find(':')))));
  writer.sentences(packet.card.sentBecause);
  if (packet.card.row.fate == Fate::Waiting) {
    writer.note(words.held);
  } else if (packet.card.row.fate == Fate::Collided) {
    writer.note(words.collided);
  } else if (!arrivesThere(packet.card.row.fate)) {
    writer.note(words.lost);
  } else if (!isPass(packet.card.row.fate)) {
    writer.heading(words.received.arg(escaped(packet.receiverName)));
    if (packet.card.receivedAs.empty()) writer.note(words.waiting);
    else writer.sentences(packet.card.receivedAs);
  }
  return writer.html();
}

}  // namespace hw::inspector
