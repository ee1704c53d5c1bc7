#include "ui/canvas/placement.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hw::canvas {
namespace {

constexpr double kDistance = 220;  ///< between neighbours
constexpr int kRounds = 250;

/// Fruchterman and Reingold, 1991: neighbours attract, all repel, less in every round. The start is
/// a circle, so there is nothing random in it.
std::vector<QPointF> springs(std::size_t count, const std::vector<lens::LinkCard>& links) {
  std::vector<QPointF> at(count);
  const double radius = kDistance * std::max(1.0, static_cast<double>(count) / 6.0);
  for (std::size_t i = 0; i < count; ++i) {
    const double turn = 2 * M_PI * static_cast<double>(i) / static_cast<double>(count);
    at[i] = {radius * std::cos(turn), 0.7 * radius * std::sin(turn)};
  }
  for (int round = 0; round < kRounds; ++round) {
    std::vector<QPointF> push(count);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = i + 1; j < count; ++j) {
        const QPointF apart = at[i] - at[j];
        const double square = std::max(1.0, QPointF::dotProduct(apart, apart));
        push[i] += apart * (kDistance * kDistance / square);
        push[j] -= apart * (kDistance * kDistance / square);
      }
    for (const lens::LinkCard& link : links) {
      const QPointF apart = at[link.a.device.value] - at[link.b.device.value];
      const QPointF pull = apart * (std::hypot(apart.x(), apart.y()) / kDistance);
      push[link.a.device.value] -= pull;
      push[link.b.device.value] += pull;
    }
    const double most = radius * 0.2 * (1 - static_cast<double>(round) / kRounds);
    for (std::size_t i = 0; i < count; ++i) {
      const double length = std::hypot(push[i].x(), push[i].y());
      if (length > 0) at[i] += push[i] * (std::min(length, most) / length);
    }
  }
  return at;
}

}  // namespace

std::vector<QPointF> placesOf(const model::Snapshot& snapshot) {
  std::map<std::string, QPointF> given;
  for (const project::Node& node : snapshot.document->nodes)
    if (node.position) given[node.name] = QPointF(node.position->x, node.position->y);
  const bool all = std::all_of(snapshot.nodes.begin(), snapshot.nodes.end(),
                               [&given](const auto& node) { return given.contains(node.name); });
  std::vector<QPointF> places =
      all ? std::vector<QPointF>(snapshot.nodes.size()) : springs(snapshot.nodes.size(), snapshot.links);
  for (std::size_t i = 0; i < places.size(); ++i)
    if (const auto found = given.find(snapshot.nodes[i].name); found != given.end())
      places[i] = found->second;
  return places;
}

}  // namespace hw::canvas
