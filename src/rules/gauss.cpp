// Gauss–Legendre: C. F. Gauss, "Methodus nova integralium valores per approximationem inveniendi" (1814).
// Order 2n for n <= 10 points; above that panels of ten points each, order 20. Nodes from gauss.py.
#include <cmath>

#include "rules/combs.h"
#include "rules/gauss_table.h"

namespace jitegral::rules {

namespace {

constexpr std::uint64_t most = gauss_table::nodes.size();  // points of one panel

}  // namespace

std::vector<Comb> gauss(double a, double b, std::uint64_t n) {
  if (a == b || n == 0) return {};
  const std::uint64_t points = n < most ? n : most;
  const std::uint64_t panels = (n + points - 1) / points;
  const double half = step(a, b, 2 * static_cast<double>(panels));
  std::vector<Comb> combs;
  for (std::uint64_t i = 0; i < points; ++i) {
    const bool lower = i < points / 2;
    const auto& [x, w] = gauss_table::nodes[points - 1][lower ? (points - 1) / 2 - i : i - points / 2];
    combs.push_back(tooth(a, half, panels, lower ? -x : x, w));
  }
  return without_empty(std::move(combs));
}

}  // namespace jitegral::rules
