#include "ui/lesson/progress_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace hw::lesson_page {
namespace {

/// An id of a lesson is letters, digits and -, so it is a file name.
QString pathOf(const lesson::Progress& progress) {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/progress");
  return QStringLiteral("%1/%2-%3-%4.json")
      .arg(folder, QString::fromStdString(progress.lesson))
      .arg(progress.schema)
      .arg(progress.contentHash, 16, 16, QLatin1Char('0'));
}

}  // namespace

lesson::Progress readProgress(const lesson::Lesson& lesson) {
  lesson::Progress fresh = lesson::freshProgress(lesson);
  QFile file(pathOf(fresh));
  if (!file.open(QIODevice::ReadOnly)) return fresh;
  const auto kept = lesson::loadProgress(file.read(1 << 20).toStdString(), fresh);
  return kept ? *kept : fresh;
}

bool writeProgress(const lesson::Progress& progress) {
  const QString path = pathOf(progress);
  if (!QDir().mkpath(QFileInfo(path).path())) return false;
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return false;
  file.write(QByteArray::fromStdString(lesson::saveProgress(progress)));
  return file.commit();
}

void forgetProgress(const lesson::Lesson& lesson) { QFile::remove(pathOf(lesson::freshProgress(lesson))); }

}  // namespace hw::lesson_page
