#include "engine/spikes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace jitegral::engine {

namespace {

// Ranges are divided before the bound is believed, and further where there is none; where there is none on
// the shortest ones (next to a singular end) nothing is held against the panel.
double room(double from, double to, double steepest, const Piece& piece) {
  constexpr double usual = 16;
  constexpr int least = 3, most = 12;
  struct Range {
    double a, b;
    int depth;
  };
  std::vector<Range> open{{from, to, 0}};
  double all = 0;
  while (!open.empty()) {
    const auto [a, b, depth] = open.back();
    open.pop_back();
    const double slope = piece.steepest(a, b) * std::fabs(piece.weight);
    if (slope <= usual * steepest) continue;
    const bool known = std::isfinite(slope);
    if (depth < (known ? least : most)) {
      const double middle = std::midpoint(a, b);
      open.push_back({a, middle, depth + 1});
      open.push_back({middle, b, depth + 1});
    } else if (known) {
      all += slope * (b - a) * (b - a) / 4;
    }
  }
  return all;
}

}  // namespace

double room_for_spikes(const Panel& panel, const Piece& piece) {
  return room(panel.a, panel.b, panel.steepest, piece);
}

// What is steep somewhere else says nothing here: each gap is held against its neighbours. Where points lie
// close together, next to the ends, a spike between them would be narrower than any that is looked for
// elsewhere.
double room_between(std::span<const rules::DoubleExponential::Point> points, const Piece& piece) {
  constexpr double close = 1e-3;
  if (points.size() < 4) return 0;
  const auto slope = [&](std::size_t i) {
    return std::fabs(points[i].y - points[i - 1].y) / (points[i].x - points[i - 1].x);
  };
  double all = 0;
  for (std::size_t i = 2; i + 1 < points.size(); ++i) {
    const double a = points[i - 1].x, b = points[i].x;
    if (b - a < close * (points[points.size() / 4 * 3].x - points[points.size() / 4].x)) continue;
    all += room(a, b, std::max({slope(i - 1), slope(i), slope(i + 1)}), piece);
  }
  return all;
}

// Next to a singular end no bound is of use for long; elsewhere they get tighter as panels get shorter.
std::size_t most_spikes_in(const Piece& piece) {
  if (piece.rule->is_double_exponential()) return 16;
  const double a = std::lerp(piece.ends.front(), piece.ends.back(), 0.25);
  const double b = std::lerp(piece.ends.front(), piece.ends.back(), 0.75);
  const bool at_ends_only = std::isfinite(piece.steepest(a, b)) &&
                            !std::isfinite(piece.steepest(piece.ends.front(), piece.ends.back()));
  constexpr std::size_t most = 400;
  return at_ends_only ? 4 : most;
}

}  // namespace jitegral::engine
