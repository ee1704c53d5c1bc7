#include "app/gui/canvas_bench.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QThread>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>

#include "app/gui/window_options.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/packet_painter.h"
#include "ui/model/session_port.h"

namespace hw::gui {
namespace {

constexpr unsigned kRouters = 7, kSwitches = 21, kHosts = 471, kSecondCables = 301;
constexpr int kFrames = 600;
constexpr int kFrameMs = 16;
constexpr int kMostOpenMs = 120'000;

/// 500 devices and 800 cables: a core router, seven routers with three switches each, hosts at the
/// switches, most of them with a second cable to the next switch. Every host pings others.
std::string campus(unsigned packets) {
  const unsigned pings = std::max(1u, 2 * packets / kHosts + 1);
  std::string nodes = "version: 1\nnodes:\n  core:\n    kind: router\n    interfaces:\n", links = "links:\n", routes = "    routes:\n";
  for (unsigned r = 0; r < kRouters; ++r) {
    nodes += fmt::format("      eth{}: {{addresses: [10.0.{}.1/24]}}\n", r, r);
    links += fmt::format("  - {{ends: [core:eth{}, r{}:up]}}\n", r, r);
    for (unsigned s = r * 3; s < r * 3 + 3; ++s) routes += fmt::format("      - 10.1.{}.0/24 via 10.0.{}.2\n", s, r);
  }
  nodes += routes;
  for (unsigned r = 0; r < kRouters; ++r) {
    nodes += fmt::format("  r{}:\n    kind: router\n    routes: [default via 10.0.{}.1]\n    interfaces:\n      up: {{addresses: [10.0.{}.2/24]}}\n", r, r, r);
    for (unsigned s = r * 3; s < r * 3 + 3; ++s) {
      nodes += fmt::format("      eth{}: {{addresses: [10.1.{}.1/24]}}\n", s, s);
      links += fmt::format("  - {{ends: [r{}:eth{}, sw{}:up]}}\n", r, s, s);
    }
  }
  std::vector<std::string> ports(kSwitches);
  for (unsigned h = 0; h < kHosts; ++h) {
    const unsigned at = h % kSwitches, next = (at + 1) % kSwitches, number = h / kSwitches;
    ports[at] += fmt::format("      p{}:\n", h);
    links += fmt::format("  - {{ends: [h{}:eth0, sw{}:p{}]}}\n", h, at, h);
    nodes += fmt::format("  h{}:\n    kind: host\n    routes: [default via 10.1.{}.1]\n    interfaces:\n      eth0: {{addresses: [10.1.{}.{}/24]}}\n", h, at, at, number + 10);
    if (h < kSecondCables) {
      nodes += fmt::format("      eth1: {{addresses: [10.1.{}.{}/24]}}\n", next, number + 100);
      ports[next] += fmt::format("      q{}:\n", h);
      links += fmt::format("  - {{ends: [h{}:eth1, sw{}:q{}]}}\n", h, next, h);
    }
    nodes += "    start:\n";
    for (unsigned p = 1; p <= pings; ++p) {
      const unsigned peer = (h + p * 37) % kHosts;
      nodes += fmt::format("      - ping -i 0.2 10.1.{}.{} &\n", peer % kSwitches, peer / kSwitches + 10);
    }
  }
  for (unsigned s = 0; s < kSwitches; ++s)
    nodes += fmt::format("  sw{}:\n    kind: switch\n    interfaces:\n      up:\n", s) + ports[s];
  return nodes + links;
}

double cpuMs() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

/// Lets the window work until all requests are answered.
bool settle(const model::SessionPort& port) {
  QElapsedTimer clock;
  clock.start();
  while (!port.idle() && clock.elapsed() < kMostOpenMs) QApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
  return port.idle();
}

struct Frames {
  std::vector<double> ms;
  double packets = 0;
};

/// Plays on, a frame every 16 ms, each frame with all that the window does meanwhile: timers, tables,
/// the next snapshot, painting.
Frames playFrames(workbench::MainWindow& window, canvas::CanvasView& canvas) {
  Frames frames;
  QElapsedTimer clock;
  window.actions().at(workbench::Command::PlayPause)->trigger();
  for (int i = 0; i < kFrames; ++i) {
    clock.start();
    const double start = cpuMs();
    QApplication::processEvents();
    canvas.viewport()->repaint();
    frames.ms.push_back(cpuMs() - start);
    frames.packets += static_cast<double>(canvas.packetSpots().size()) / kFrames;
    QThread::msleep(static_cast<unsigned long>(std::max<qint64>(0, kFrameMs - clock.elapsed())));
  }
  return frames;
}

void print(unsigned packets, Frames frames, qint64 openMs) {
  std::sort(frames.ms.begin(), frames.ms.end());
  const double mean = std::accumulate(frames.ms.begin(), frames.ms.end(), 0.0) / static_cast<double>(frames.ms.size());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(R"({{"workload":"canvas","packets":{},"packets_drawn":{:.0f},"frames":{},"open_ms":{},"mean_ms":{:.3f},)"
             R"("median_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f},"peak_rss_mb":{:.1f}}})"
             "\n",
             packets, frames.packets, frames.ms.size(), openMs, mean, frames.ms[frames.ms.size() / 2],
             frames.ms[frames.ms.size() * 99 / 100], frames.ms.back(), static_cast<double>(usage.ru_maxrss) / 1024.0);
}

}  // namespace

int benchCanvas(const Options& options) {
  QTemporaryFile file(QStringLiteral("campus-XXXXXX.hopwise"));
  if (!file.open()) return 1;
  file.write(QByteArray::fromStdString(campus(options.packets)));
  file.close();
  workbench::MainWindow window(windowOptions(options));
  window.resize(options.width, options.height);
  window.show();
  QElapsedTimer clock;
  clock.start();
  window.open(file.fileName());
  auto* canvas = window.findChild<canvas::CanvasView*>();
  if (!settle(window.port()) || !canvas || !window.port().snapshot()) {
    std::fprintf(stderr, "hopwise: the campus cannot be opened\n");
    return 1;
  }
  const qint64 openMs = clock.elapsed();
  window.showPacketAndHops();
  print(options.packets, playFrames(window, *canvas), openMs);
  return 0;
}

}  // namespace hw::gui
