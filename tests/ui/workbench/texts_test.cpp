// The texts of the window: all translated, none cut off.
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QRegularExpression>
#include <QTabBar>
#include <QToolButton>
#include <QXmlStreamReader>
#include <cmath>

#include "tests/ui/workbench/window_fixture.h"
#include "ui/lesson/lesson_page.h"

namespace hw::test {
namespace {

const QRegularExpression kHan(QStringLiteral("[\\x{4e00}-\\x{9fff}]"));

struct Message {
  QString source;
  QString translation;
  bool finished = true;
};

std::vector<Message> messagesOf(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  QXmlStreamReader xml(&file);
  std::vector<Message> messages;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("message")) messages.emplace_back();
    if (xml.name() == QLatin1String("source")) messages.back().source = xml.readElementText();
    if (xml.name() == QLatin1String("translation")) {
      messages.back().finished = !xml.attributes().hasAttribute("type");
      messages.back().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    }
  }
  return messages;
}

TEST(Translation, IsCompleteInChinese) {
  const auto messages = messagesOf("ui/i18n/hopwise_zh_CN.ts");
  EXPECT_GT(messages.size(), 60u);
  for (const Message& one : messages) {
    EXPECT_TRUE(one.finished) << one.source.toStdString();
    EXPECT_TRUE(kHan.match(one.translation).hasMatch()) << one.source.toStdString();
    EXPECT_EQ(one.source.count('%'), one.translation.count('%')) << one.source.toStdString();
  }
}

/// lupdate run on the sources would add nothing: every tr("...") is in the file.
TEST(Translation, KnowsEveryTextOfTheSources) {
  QStringList known;
  for (const Message& one : messagesOf("ui/i18n/hopwise_zh_CN.ts")) known += one.source;
  const QRegularExpression call(QStringLiteral("\\b(?:tr\\(|NOOP\\(\"Actions\",)\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
  const QRegularExpression part(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
  for (const char* folder : {"canvas", "device_page", "editor", "inspector", "kit", "lesson", "model", "terminal", "timeline", "workbench"}) {
    const QDir dir(QStringLiteral("ui/%1").arg(QLatin1String(folder)));
    for (const QString& name : dir.entryList({"*.cpp"})) {
      QFile file(dir.filePath(name));
      ASSERT_TRUE(file.open(QIODevice::ReadOnly));
      auto calls = call.globalMatch(QString::fromUtf8(file.readAll()));
      while (calls.hasNext()) {
        QString text;
        auto parts = part.globalMatch(calls.next().captured(1));
        while (parts.hasNext()) text += parts.next().captured(1).replace("\\n", "\n");
        EXPECT_TRUE(known.contains(text)) << name.toStdString() << ": " << text.toStdString();
      }
    }
  }
}

/// Texts that a widget shows in a single line and that it has no room for.
class TextsOfTheWindow : public WindowTest {
 protected:
  /// Of the whole window, or of a part of it.
  QStringList clipped(const QWidget* part = nullptr) const;
  QStringList untranslated() const;
  void showEverything() {
    type(kPing);
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->port().idle() && snapshot()->beat > 0; }));
    click("playPauseButton");
    for (int i = 0; i < 8; ++i) click("stepButton");
  }
};

QString plain(QString text) { return text.remove(QLatin1Char('&')); }

void need(QStringList& list, const QWidget& widget, const QString& text, int room) {
  const int wanted = widget.fontMetrics().horizontalAdvance(plain(text));
  if (wanted > room)
    list += QStringLiteral("%1 %2: “%3” needs %4 of %5")
                .arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), text)
                .arg(wanted)
                .arg(room);
}

QStringList TextsOfTheWindow::clipped(const QWidget* part) const {
  QStringList list;
  for (const QWidget* widget : (part ? part : window.get())->findChildren<QWidget*>()) {
    if (!widget->isVisible()) continue;
    if (const auto* label = qobject_cast<const QLabel*>(widget)) {
      if (!label->wordWrap()) need(list, *label, label->text(), label->width());
      else if (label->heightForWidth(label->width()) > label->height() + 2) list += label->text();
    } else if (const auto* button = qobject_cast<const QPushButton*>(widget)) {
      need(list, *button, button->text(), button->width() - 8);
    } else if (const auto* box = qobject_cast<const QComboBox*>(widget)) {
      need(list, *box, box->currentText(), box->width() - 24);
    } else if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
      need(list, *line, line->placeholderText(), line->width() - 8);
    } else if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) {
      for (int i = 0; i < tabs->count(); ++i) need(list, *tabs, tabs->tabText(i), tabs->tabRect(i).width() - 8);
    }
    if (const auto* header = qobject_cast<const QHeaderView*>(widget)) {
      for (int i = 0; header->orientation() == Qt::Vertical && i < header->count(); ++i)
        if (header->sectionSize(i) < header->fontMetrics().height()) list += header->objectName() + " row is too low";
    }
    const bool hasLine = widget->inherits("QLabel") || widget->inherits("QLineEdit") ||
                         widget->inherits("QAbstractButton") || widget->inherits("QComboBox");
    if (hasLine && widget->height() < widget->fontMetrics().height())
      list += QStringLiteral("%1 %2 is too low").arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
  }
  return list;
}

/// What is shown in Chinese without a Chinese letter, and is no name, number or address.
QStringList TextsOfTheWindow::untranslated() const {
  static const QRegularExpression kWord(QStringLiteral("[A-Za-z]{3,}"));
  QStringList list;
  const auto judge = [&list](const QString& text) {
    if (kWord.match(text).hasMatch() && !kHan.match(text).hasMatch()) list += text;
  };
  for (const QAction* action : window->actions().findChildren<QAction*>())
    if (action->objectName() != "english") judge(action->text());
  for (const QMenu* menu : window->menuBar()->findChildren<QMenu*>()) judge(menu->title());
  for (const QDockWidget* dock : window->findChildren<QDockWidget*>()) judge(dock->windowTitle());
  for (const QWidget* widget : window->findChildren<QWidget*>()) {
    if (!widget->accessibleName().isEmpty() && widget->inherits("QAbstractItemView")) judge(widget->accessibleName());
    if (!widget->inherits("hw::kit::ElidedLabel")) judge(widget->toolTip());  // that one repeats what packets say
    if (const auto* button = qobject_cast<const QPushButton*>(widget)) judge(button->text());
    if (const auto* line = qobject_cast<const QLineEdit*>(widget)) judge(line->placeholderText());
    if (const auto* label = qobject_cast<const QLabel*>(widget))
      if (!label->text().contains(QRegularExpression("[:.\\d]"))) judge(label->text());
  }
  return list;
}

TEST_F(TextsOfTheWindow, AreNotCutOffInEitherLanguage) {
  openWindow();
  showEverything();
  EXPECT_EQ(clipped().join('\n').toStdString(), "");
  window->setLanguage(Language::Chinese);
  settle();
  EXPECT_EQ(clipped().join('\n').toStdString(), "");
}

TEST_F(TextsOfTheWindow, AreNotCutOffInAnyStepOfTheLesson) {
  for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
    openWindow({}, size);
    for (const Language language : {Language::English, Language::Chinese}) {
      window->setLanguage(language);
      for (int step = 0; step < 8; ++step) {
        window->lessonPage().goToStep(step);
        settle();
        QTest::qWait(20);  // the cards find their heights
        EXPECT_EQ(clipped(&window->lessonPage()).join('\n').toStdString(), "") << "step " << step + 1;
        auto* scroll = named<QScrollArea>("lessonStep");
        EXPECT_LE(scroll->widget()->width(), scroll->viewport()->width()) << "step " << step + 1;
      }
    }
  }
}

TEST_F(TextsOfTheWindow, ChangeWithTheLanguageAtRunTime) {
  openWindow();
  showEverything();
  window->actions().at(workbench::Command::Chinese)->trigger();
  settle();
  EXPECT_EQ(untranslated().join('\n').toStdString(), "");
  window->actions().at(workbench::Command::English)->trigger();
  settle();
  for (const QDockWidget* dock : window->findChildren<QDockWidget*>())
    EXPECT_FALSE(kHan.match(dock->windowTitle()).hasMatch()) << dock->windowTitle().toStdString();
}

TEST_F(TextsOfTheWindow, CanBeReadOnBothThemes) {
  for (const kit::ThemeId id : {kit::ThemeId::Light, kit::ThemeId::Dark}) {
    const kit::Theme& theme = kit::themeOf(id);
    const auto light = [](const QColor& colour) {
      const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
      return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
    };
    const auto contrast = [&light](const QColor& a, const QColor& b) {
      return (std::max(light(a), light(b)) + 0.05) / (std::min(light(a), light(b)) + 0.05);
    };
    for (const QColor& paper : {theme.panel, theme.canvas, theme.window, theme.stripe})
      for (const QColor& ink : {theme.ink, theme.mutedInk, theme.accent, theme.good, theme.bad})
        EXPECT_GE(contrast(ink, paper), 4.5) << ink.name().toStdString() << " on " << paper.name().toStdString();
    EXPECT_GE(contrast(theme.changedInk, theme.changed), 4.5);
    EXPECT_GE(contrast(theme.accentInk, theme.accent), 4.5);
  }
}

}  // namespace
}  // namespace hw::test
