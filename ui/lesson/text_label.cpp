#include "ui/lesson/text_label.h"

#include <QRegularExpression>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::lesson_page {
namespace {

qreal lessonPoints = 11.5;
/// Tables are set smaller: a row holds five cells.
constexpr qreal kTableShare = 0.85;

/// Addresses in a narrow table may be broken behind a colon.
QString breakable(QString html) {
  static const QRegularExpression value(QStringLiteral("(<b class=\"value\">)([^<]*)(</b>)"));
  QString result;
  qsizetype end = 0;
  auto found = value.globalMatch(html);
  while (found.hasNext()) {
    const auto one = found.next();
    result += html.mid(end, one.capturedStart() - end) + one.captured(1);
    result += one.captured(2).replace(QLatin1Char(':'), QStringLiteral(":&#8203;")) + one.captured(3);
    end = one.capturedEnd();
  }
  return result + html.mid(end);
}

QString styled(const QString& html) {
  const kit::Theme& t = kit::theme();
  QString body = breakable(html);
  body.replace(QStringLiteral("<table>"),
               QStringLiteral("<table width='100%' border='1' cellspacing='0' cellpadding='5' style='border-collapse:collapse;"
                              "border-color:%1;margin:4px 0 10px 0'>").arg(t.line.name()));
  body.replace(QStringLiteral("<th>"), QStringLiteral("<th align='left'>"));
  return QStringLiteral(
             "<style>p{margin:0 0 9px 0;line-height:108%} ul,ol{margin:0 0 9px 0;-qt-list-indent:1} li{margin:0 0 3px 0}"
             "code{font-family:'DejaVu Sans Mono','Noto Sans Mono CJK SC';background:%1} pre{background:%1}"
             "th{background:%1;color:%2;font-size:%4pt} td{font-size:%4pt} .later{color:%2}"
             "b.value{font-family:'DejaVu Sans Mono';font-weight:600;color:%3}</style>")
             .arg(t.stripe.name(), t.mutedInk.name(), t.accent.name())
             .arg(lessonPoints * kTableShare) +
         body;
}

}  // namespace

QFont lessonFont() {
  QFont font = kit::textFont();
  font.setPointSizeF(lessonPoints);
  return font;
}

bool setLessonPoints(qreal points) {
  const bool changed = points != lessonPoints;
  lessonPoints = points;
  return changed;
}

TextLabel::TextLabel(QWidget* parent) : QLabel(parent) {
  setWordWrap(true);
  setTextFormat(Qt::RichText);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
  setFont(lessonFont());
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void TextLabel::setMarkdown(const std::string& markdown, const lesson::ValueText& values) {
  QString html = QString::fromStdString(lesson::setMarkdown(markdown, values).html);
  // The last paragraph has nothing to keep away from.
  if (html.endsWith(QStringLiteral("</p>"))) {
    const qsizetype last = html.lastIndexOf(QStringLiteral("<p>"));
    html.replace(last, 3, QStringLiteral("<p style='margin-bottom:0'>"));
  }
  if (html == m_html) return;
  m_html = html;
  setText(styled(html));
  setAccessibleName(QString::fromStdString(lesson::plainText(markdown)));
}

}  // namespace hw::lesson_page
