// A text of a lesson: Markdown with the values of the network in it, wrapped and selectable.
#pragma once

#include <QLabel>

#include "core/lesson/markdown.h"

namespace hw::lesson_page {

/// The letters of a lesson: larger than the rest of the window, to be read from afar.
QFont lessonFont();
/// Their size; true if that changed. Texts that stand already keep theirs.
bool setLessonPoints(qreal points);

class TextLabel : public QLabel {
  Q_OBJECT

 public:
  explicit TextLabel(QWidget* parent = nullptr);
  /// Sets the text; lays it out anew only if it has changed.
  void setMarkdown(const std::string& markdown, const lesson::ValueText& values = {});

 private:
  QString m_html;
};

}  // namespace hw::lesson_page
