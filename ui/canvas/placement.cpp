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
std::vector<QPointF> springs(std::size_t count, const std::vector<std::pair<std::size_t, std::size_t>>& links) {
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
    for (const auto& [a, b] : links) {
      const QPointF apart = at[a] - at[b];
      const QPointF pull = apart * (std::hypot(apart.x(), apart.y()) / kDistance);
      push[a] -= pull;
      push[b] += pull;
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

std::vector<QPointF> placesOf(const model::Drawing& drawing) {
  std::map<project::NodeKey, std::size_t> indices;
  bool all = true;
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    if (drawing.nodes[i].within.valid()) continue;
    indices.emplace(drawing.nodes[i].key, indices.size());
    all = all && drawing.nodes[i].position;
  }
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (const model::DrawnLink& link : drawing.links)
    if (indices.contains(link.a) && indices.contains(link.b)) links.emplace_back(indices[link.a], indices[link.b]);
  std::vector<QPointF> places = all ? std::vector<QPointF>(indices.size()) : springs(indices.size(), links);
  places.resize(drawing.nodes.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    if (const auto& given = drawing.nodes[i].position) places[i] = QPointF(given->x, given->y);
  return places;
}

QPointF freeSpot(const QPointF& around, const std::vector<QPointF>& taken) {
  constexpr int kDirections = 16;
  constexpr double kReach = 170, kFar = 4 * kReach;
  QPointF best;
  double most = -1;
  for (int ring = 1; ring <= 3; ++ring)
    for (int i = 0; i < kDirections; ++i) {
      const double turn = -M_PI / 2 + 2 * M_PI * i / kDirections;  // upwards first: names stand below
      const QPointF spot = around + QPointF(std::cos(turn), std::sin(turn)) * (kReach * ring);
      double nearest = kFar;
      for (const QPointF& one : taken) nearest = std::min(nearest, std::hypot(spot.x() - one.x(), spot.y() - one.y()));
      // A farther ring has to be worth the longer cable.
      const double worth = std::min(nearest, kReach) - 0.3 * kReach * (ring - 1);
      if (worth > most + 1) most = worth, best = spot;
    }
  return best;
}

}  // namespace hw::canvas
