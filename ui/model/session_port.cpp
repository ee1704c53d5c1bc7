#include "ui/model/session_port.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "core/base/check.h"
#include "ui/model/engine.h"

namespace hw::model {

/// What the engine's thread hands over.
struct EngineReport {
  Answer answer;
  std::string failure;  ///< the check of the engine that failed; empty if none did
  int requests = 0;     ///< how many this is the answer to
};

namespace {

struct CheckFailure {
  std::string what;
};

thread_local bool isEngineThread = false;

/// Unwinds to the boundary of the session; on other threads the program ends as by default.
void endSession(const char* condition, const char* file, int line) {
  if (isEngineThread) throw CheckFailure{std::string(file) + ":" + std::to_string(line) + ": " + condition};
}

}  // namespace

struct SessionPort::Worker {
  explicit Worker(SessionPort* owner) : port(owner), thread([this] { run(); }) {}
  ~Worker() {
    {
      const std::lock_guard lock(mutex);
      stop = true;
    }
    wake.notify_one();
    thread.join();
  }

  void run();
  EngineReport carryOut(const Request& request);

  SessionPort* port;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Request> requests;
  bool stop = false;
  std::unique_ptr<Engine> engine = std::make_unique<Engine>();
  std::thread thread;  // last: it uses all the others
};

EngineReport SessionPort::Worker::carryOut(const Request& request) {
  EngineReport report;
  try {
    if (!engine) {
      if (!std::holds_alternative<OpenProject>(request) && !std::holds_alternative<NewProject>(request)) return report;
      engine = std::make_unique<Engine>();
    }
    report.answer = engine->handle(request);
  } catch (const CheckFailure& failure) {
    report.failure = failure.what;
  } catch (const std::exception& failure) {
    report.failure = failure.what();
  }
  if (!report.failure.empty()) engine.reset();
  return report;
}

void SessionPort::Worker::run() {
  isEngineThread = true;
  for (;;) {
    Request request;
    int count = 1;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stop || !requests.empty(); });
      if (stop) return;
      request = std::move(requests.front());
      requests.pop_front();
      while (std::holds_alternative<SeekBeat>(request) && !requests.empty() &&
             std::holds_alternative<SeekBeat>(requests.front())) {
        request = std::move(requests.front());
        requests.pop_front();
        ++count;
      }
    }
    auto report = std::make_shared<EngineReport>(carryOut(request));
    report->requests = count;
    QMetaObject::invokeMethod(
        port, [to = port, report] { to->take(std::move(*report)); }, Qt::QueuedConnection);
  }
}

SessionPort::SessionPort(QObject* parent) : QObject(parent) {
  setCheckHandler(endSession);
  m_worker = std::make_unique<Worker>(this);
}

SessionPort::~SessionPort() = default;

void SessionPort::send(Request request) {
  ++m_pending;
  {
    const std::lock_guard lock(m_worker->mutex);
    m_worker->requests.push_back(std::move(request));
  }
  m_worker->wake.notify_one();
}

void SessionPort::take(EngineReport report) {
  m_pending -= report.requests;
  if (report.answer.snapshot) {
    m_snapshot = report.answer.snapshot;
    emit changed(m_snapshot);
  }
  if (!report.failure.empty()) emit failed(QString::fromStdString(report.failure));
  if (!report.answer.problem.empty()) emit refused(QString::fromStdString(report.answer.problem));
  if (report.answer.completions) {
    QStringList list;
    for (const std::string& one : *report.answer.completions) list.append(QString::fromStdString(one));
    emit completed(list);
  }
  if (m_pending == 0) emit becameIdle();
}

}  // namespace hw::model
