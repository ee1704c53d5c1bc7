// The file of the document: open, save, recent ones, and the copy that survives a crash.
#pragma once

#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>
#include <optional>

#include "ui/model/snapshot.h"

namespace hw::workbench {

/// The copy of an editing that ended without being closed.
struct LostCopy {
  QString file;    ///< the copy itself
  QString origin;  ///< the file that was edited, or empty
};

class FileKeeper : public QObject {
  Q_OBJECT

 public:
  /// An edit reaches the disk after so long at most, and the time of writing.
  static constexpr int kAutosaveMs = 2000;

  explicit FileKeeper(QObject* parent);
  ~FileKeeper() override;

  /// The file that is edited; empty: the network has none yet.
  const QString& path() const { return m_path; }
  /// Whether saving may write there without asking: a lesson's folder belongs to its author.
  bool hasFile() const;
  /// What is shown in the title.
  QString name() const;
  bool isModified() const;

  void setOpened(const QString& path);
  /// The network that is being opened is a lost copy: it counts as changed until it is saved.
  void setRecovered(const LostCopy& copy);
  /// The person does not want to save what was recovered.
  void giveUpRecovered();
  void take(const model::SnapshotPtr& snapshot);
  /// Writes the document and keeps that name; what went wrong, or nothing.
  std::optional<QString> save(const QString& path, Language language);

  QStringList recent() const;
  void forgetRecent(const QString& path);

  /// Copies whose program is gone. They are kept until recovered or discarded.
  static QList<LostCopy> lostCopies();
  static void discard(const LostCopy& copy);

 signals:
  void changed();

 private:
  void autosave();
  void dropCopy();
  void remember(const QString& path);

  QString m_path;
  QString m_copy;
  std::unique_ptr<QLockFile> m_lock;
  QTimer m_timer;
  model::SnapshotPtr m_snapshot;
  std::uint64_t m_network = 0;
  std::shared_ptr<const project::Draft> m_saved;  ///< as it stands in the file
  std::shared_ptr<const project::Draft> m_copied;
  std::optional<LostCopy> m_recovered;
};

}  // namespace hw::workbench
