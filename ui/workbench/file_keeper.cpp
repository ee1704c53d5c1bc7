#include "ui/workbench/file_keeper.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>
#include <QUuid>

#include "core/project/file.h"

namespace hw::workbench {
namespace {

constexpr int kMostRecent = 10;
constexpr auto kRecentKey = "recentFiles";

QString copiesFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/autosave");
}

QString beside(const QString& copy, const char* suffix) {
  return copy.chopped(8) + QLatin1String(suffix);  // ".hopwise"
}

}  // namespace

FileKeeper::FileKeeper(QObject* parent) : QObject(parent) {
  m_timer.setSingleShot(true);
  m_timer.setInterval(kAutosaveMs);
  connect(&m_timer, &QTimer::timeout, this, &FileKeeper::autosave);
}

FileKeeper::~FileKeeper() { dropCopy(); }

bool FileKeeper::hasFile() const { return !m_path.isEmpty() && !QFileInfo(m_path).isDir(); }

QString FileKeeper::name() const {
  if (m_path.isEmpty()) return {};
  const QFileInfo file(m_path);
  return file.isDir() ? file.fileName() : file.completeBaseName();
}

bool FileKeeper::isModified() const {
  return m_snapshot && m_saved && m_snapshot->draft != m_saved && !(m_snapshot->draft->document == m_saved->document);
}

void FileKeeper::setOpened(const QString& path) {
  m_path = path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
  m_recovered.reset();
  if (!path.isEmpty()) remember(m_path);
}

void FileKeeper::setRecovered(const LostCopy& copy) {
  forgetRecent(m_path);
  m_path = copy.origin;
  m_recovered = copy;
}

void FileKeeper::giveUpRecovered() {
  if (m_recovered) discard(*m_recovered);
  m_recovered.reset();
}

void FileKeeper::take(const model::SnapshotPtr& snapshot) {
  m_snapshot = snapshot;
  if (snapshot->network != m_network) {
    m_network = snapshot->network;
    m_saved = m_copied = snapshot->draft;
    if (m_recovered) m_saved = std::make_shared<project::Draft>();
    dropCopy();
  }
  if (isModified() && m_copied != snapshot->draft && !m_timer.isActive()) m_timer.start();
  emit changed();
}

std::optional<QString> FileKeeper::save(const QString& path, Language language) {
  const auto saved = project::saveFile(m_snapshot->draft->document, project::projectFile(path.toStdString()));
  if (!saved) return QString::fromStdString(saved.error().text(language)).trimmed();
  m_path = QFileInfo(path).absoluteFilePath();
  m_saved = m_copied = m_snapshot->draft;
  m_timer.stop();
  dropCopy();
  if (m_recovered) discard(*m_recovered);
  m_recovered.reset();
  remember(m_path);
  emit changed();
  return std::nullopt;
}

/// The copy has a lock that falls with this program, so that another one can tell whether it is lost.
void FileKeeper::autosave() {
  if (!m_snapshot || !isModified()) return;
  if (m_copy.isEmpty()) {
    QDir().mkpath(copiesFolder());
    m_copy = copiesFolder() + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) +
             QStringLiteral(".hopwise");
    m_lock = std::make_unique<QLockFile>(beside(m_copy, ".lock"));
    m_lock->setStaleLockTime(0);
    m_lock->tryLock();
    QSaveFile origin(beside(m_copy, ".origin"));
    if (origin.open(QIODevice::WriteOnly)) {
      origin.write(m_path.toUtf8());
      origin.commit();
    }
  }
  if (project::saveFile(m_snapshot->draft->document, m_copy.toStdString())) m_copied = m_snapshot->draft;
}

void FileKeeper::dropCopy() {
  if (m_copy.isEmpty()) return;
  QFile::remove(m_copy);
  QFile::remove(beside(m_copy, ".origin"));
  m_lock.reset();
  m_copy.clear();
}

QStringList FileKeeper::recent() const { return QSettings().value(QLatin1String(kRecentKey)).toStringList(); }

void FileKeeper::remember(const QString& path) {
  QStringList list = recent();
  list.removeAll(path);
  list.prepend(path);
  while (list.size() > kMostRecent) list.removeLast();
  QSettings().setValue(QLatin1String(kRecentKey), list);
}

void FileKeeper::forgetRecent(const QString& path) {
  QStringList list = recent();
  list.removeAll(path);
  QSettings().setValue(QLatin1String(kRecentKey), list);
}

QList<LostCopy> FileKeeper::lostCopies() {
  QList<LostCopy> lost;
  const QDir folder(copiesFolder());
  for (const QString& name : folder.entryList({QStringLiteral("*.hopwise")}, QDir::Files, QDir::Time)) {
    const QString copy = folder.filePath(name);
    QLockFile lock(beside(copy, ".lock"));
    lock.setStaleLockTime(0);
    if (!lock.tryLock()) continue;  // its program lives
    QFile origin(beside(copy, ".origin"));
    const QString of = origin.open(QIODevice::ReadOnly) ? QString::fromUtf8(origin.readAll()) : QString();
    lost.append({copy, of});
  }
  return lost;
}

void FileKeeper::discard(const LostCopy& copy) {
  QFile::remove(copy.file);
  QFile::remove(beside(copy.file, ".origin"));
  QFile::remove(beside(copy.file, ".lock"));
}

}  // namespace hw::workbench
