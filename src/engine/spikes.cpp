#include "engine/spikes.h"

#include <cmath>
#include <numeric>
#include <vector>

namespace jitegral::engine {

// Ranges are divided before the bound is believed, and further where there is none; where there is none on
// the shortest ones (next to a singular end) nothing is held against the panel.
double room_for_spikes(const Panel& panel, const Piece& piece) {
  constexpr double usual = 16;
  constexpr int least = 3, most = 12;
  struct Range {
    double a, b;
    int depth;
  };
  std::vector<Range> open{{panel.a, panel.b, 0}};
  double all = 0;
  while (!open.empty()) {
    const auto [a, b, depth] = open.back();
    open.pop_back();
    const double slope = piece.steepest(a, b) * std::fabs(piece.weight);
    if (slope <= usual * panel.steepest) continue;
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

// Next to a singular end no bound is of use for long; elsewhere they get tighter as panels get shorter.
std::size_t most_spikes_in(const Piece& piece) {
  const double a = std::lerp(piece.ends.front(), piece.ends.back(), 0.25);
  const double b = std::lerp(piece.ends.front(), piece.ends.back(), 0.75);
  const bool at_ends_only = std::isfinite(piece.steepest(a, b)) &&
                            !std::isfinite(piece.steepest(piece.ends.front(), piece.ends.back()));
  constexpr std::size_t most = 400;
  return at_ends_only ? 4 : most;
}

}  // namespace jitegral::engine
