// The player of a lesson: its steps, the shown step, the way back and on.
#pragma once

#include <QWidget>
#include <memory>

#include "core/lesson/tutor.h"
#include "ui/model/snapshot.h"

namespace hw::lesson_page {

class LessonPage : public QWidget {
  Q_OBJECT

 public:
  explicit LessonPage(QWidget* parent = nullptr);
  ~LessonPage() override;

  /// Shows a lesson where the learner left it; null: no lesson.
  void setLesson(lesson::LessonPtr lesson, lesson::Progress progress);
  void setLanguage(Language language);
  void setValue(const model::SnapshotPtr& snapshot);

  bool hasLesson() const;
  const lesson::Progress& progress() const;

 public slots:
  void goToStep(int step);
  void nextStep();
  void previousStep();
  /// Takes these choices (from 0) of a question or prediction of the shown step, as by clicks.
  void take(const QString& id, const QList<int>& choices);
  /// Begins the lesson anew.
  void startOver();

 signals:
  void watchesWanted(const std::vector<hw::lesson::Watch>& watches);
  void commandWanted(const QString& device, const QString& line);
  void progressChanged(const hw::lesson::Progress& progress);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Impl;
  void build();
  void rebuildStep();
  void showState();
  void retranslate();
  void changedBy(bool watchesChange);
  void lock(const QString& id, int choice);

  std::unique_ptr<Impl> m;
};

}  // namespace hw::lesson_page
