// The window's only way to the engine: two queues of values and one thread. A failed check of the
// engine ends the session, never the window.
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

#include "ui/model/request.h"
#include "ui/model/snapshot.h"

namespace hw::model {

class SessionPort : public QObject {
  Q_OBJECT

 public:
  explicit SessionPort(QObject* parent = nullptr);
  ~SessionPort() override;

  /// Queues a request; never waits. Of seeks in a row only the last one is carried out.
  void send(Request request);
  /// The newest snapshot that has arrived, or none.
  const SnapshotPtr& snapshot() const { return m_snapshot; }
  /// Whether all requests have been answered and told.
  bool idle() const { return m_pending == 0; }

 signals:
  void changed(const hw::model::SnapshotPtr& snapshot);
  void completed(const QStringList& completions);
  /// A request could not be carried out: a sentence for the person.
  void refused(const QString& problem);
  /// The engine failed one of its own checks; the session is over until a project is opened.
  void failed(const QString& what);
  void becameIdle();

 private:
  struct Worker;
  void take(struct EngineReport report);

  std::unique_ptr<Worker> m_worker;
  SnapshotPtr m_snapshot;
  int m_pending = 0;
};

}  // namespace hw::model
