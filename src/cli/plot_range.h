// What of a picture is shown along its axes, and the numbers there.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "api/workspace.h"

namespace jitegral::cli {

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  // Where a value lies between 0 (low) and 1 (high).
  [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
  void widen() {
    if (low < high) return;
    const double margin = low == 0 ? 1 : std::fabs(low) / 2;
    low -= margin;
    high += margin;
  }
};

// What the curves run over.
Extent shown_range(const Picture& picture);

// Poles would flatten everything else: values far outside the middle nine tenths are cut off, but for those
// of peaks that the points follow.
Extent visible_values(const Picture& picture);

// With as many digits as tell neighbouring places of the axis apart.
std::string tick(double value, const Extent& axis);

}  // namespace jitegral::cli
