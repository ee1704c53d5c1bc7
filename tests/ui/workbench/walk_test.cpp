// Every widget of every page, menu and dialog, in both languages, both themes and both sizes: nothing is cut off, faint,
// untranslated or nameless. Each of these judgements is itself tried on a fault.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>

#include "tests/ui/workbench/text_walk.h"
#include "tests/ui/workbench/window_tour.h"

namespace hw::test {
namespace {

class EveryWidget : public WindowTour, public ::testing::WithParamInterface<QSize> {
 protected:
  void SetUp() override {
    open(GetParam(), [this](const QString& place, Language language, QWidget& root) { judge(place, language, root); });
  }
  void TearDown() override {
    for (const QString& one : m_found) ADD_FAILURE() << one.toStdString();
  }

 private:
  /// Each fault once, with the first place where it was seen.
  void judge(const QString& place, Language language, QWidget& root) {
    const bool chinese = language == Language::Chinese;
    QStringList faults = clippedTexts(root) + namelessWidgets(root);
    // Colours depend on the theme alone.
    if (!chinese && GetParam().width() < 1600) faults += faintTexts(root);
    if (chinese) faults += untranslatedTexts(root);
    for (const QString& one : faults) {
      if (m_known.contains(one)) continue;
      m_known += one;
      m_found += QStringLiteral("%1 (%2, %3): %4").arg(place, chinese ? QStringLiteral("zh") : QStringLiteral("en"),
                                                       kit::theme().id == kit::ThemeId::Dark ? "dark" : "light", one);
    }
  }
  QStringList m_known, m_found;
};

TEST_P(EveryWidget, OfTheStartPageCanBeReadAndNamed) { startPage(); }
TEST_P(EveryWidget, ThatOffersRecoveryCanBeReadAndNamed) { recovery(); }
TEST_P(EveryWidget, ThatTellsOfAFileCanBeReadAndNamed) { files(); }
TEST_P(EveryWidget, OfThePropertyPagesCanBeReadAndNamed) { propertyPages(); }
TEST_P(EveryWidget, OfPacketsAndDevicesCanBeReadAndNamed) { packetAndDevices(); }
TEST_P(EveryWidget, OfConversationsCanBeReadAndNamed) { conversations(); }
TEST_P(EveryWidget, OfTheLessonCanBeReadAndNamed) { lesson(); }
TEST_P(EveryWidget, OfTheMenusCanBeReadAndNamed) { menus(); }
TEST_P(EveryWidget, OfTheDialogsCanBeReadAndNamed) { dialogs(); }

INSTANTIATE_TEST_SUITE_P(BothSizes, EveryWidget, ::testing::Values(QSize(1280, 800), QSize(1920, 1080)),
                         [](const auto& size) { return size.param.width() == 1280 ? "Small" : "Large"; });

/// A widget with one part that may be spoilt.
class AFault : public ::testing::Test {
 protected:
  void SetUp() override {
    kit::applyTheme(kit::ThemeId::Light);
    auto* row = new QHBoxLayout(&sheet);
    label->setText(QStringLiteral("说明 of the thing"));
    row->addWidget(label);
    row->addWidget(button);
    button->setText(QStringLiteral("好"));
    line->setAccessibleName(QStringLiteral("名称"));
    row->addWidget(line);
    sheet.resize(600, 60);
    sheet.show();
    EXPECT_TRUE(faults().isEmpty()) << faults().join('\n').toStdString();
  }
  QStringList faults() {
    QTest::qWait(1);
    return clippedTexts(sheet) + faintTexts(sheet) + untranslatedTexts(sheet) + namelessWidgets(sheet);
  }
  void expectTold(const char* what) {
    const QStringList found = faults();
    ASSERT_EQ(found.size(), 1) << found.join('\n').toStdString();
    EXPECT_TRUE(found[0].contains(QLatin1String(what))) << found[0].toStdString();
  }
  QWidget sheet;
  QLabel* label = new QLabel(&sheet);
  QPushButton* button = new QPushButton(&sheet);
  QLineEdit* line = new QLineEdit(&sheet);
};

TEST_F(AFault, IsTextThatIsCutOff) {
  label->setFixedWidth(40);
  expectTold("needs");
}
TEST_F(AFault, IsAButtonTooNarrowForItsText) {
  button->setText(QStringLiteral("一个很长的按钮文字"));
  button->setFixedWidth(50);
  expectTold("needs");
}
TEST_F(AFault, IsWrappedTextWithoutRoomForItsLastLine) {
  label->setWordWrap(true);
  label->setFixedSize(60, 20);
  expectTold("needs");
}
TEST_F(AFault, IsTextInAColumnTooNarrowForIt) {
  auto* table = new QTableWidget(1, 1, &sheet);
  table->setItem(0, 0, new QTableWidgetItem(QStringLiteral("一格很长很长的文字")));
  table->setHorizontalHeaderLabels({QStringLiteral("列")});
  table->setAccessibleName(QStringLiteral("表"));
  table->verticalHeader()->hide();
  table->setColumnWidth(0, 40);
  sheet.layout()->addWidget(table);
  sheet.resize(600, 200);
  expectTold("needs");
}
TEST_F(AFault, IsFaintInk) {
  label->setStyleSheet(QStringLiteral("color:#8a8a8a"));
  expectTold("contrast");
}
TEST_F(AFault, IsInkThatARichTextNamesItself) {
  label->setTextFormat(Qt::RichText);
  label->setText(QStringLiteral("说明 <span style='color:#9a9a9a'>细节</span>"));
  expectTold("contrast");
}
TEST_F(AFault, IsAnEnglishTextInTheChineseWindow) {
  label->setText(QStringLiteral("Recover the file"));
  expectTold("Recover");
}
TEST_F(AFault, IsAnEnglishToolTipInTheChineseWindow) {
  button->setToolTip(QStringLiteral("Deletes it"));
  expectTold("Deletes");
}
TEST_F(AFault, IsAFieldWithoutAName) {
  line->setAccessibleName({});
  line->setObjectName(QStringLiteral("nameless"));
  expectTold("nameless");
}

}  // namespace
}  // namespace hw::test
