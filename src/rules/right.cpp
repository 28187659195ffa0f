// The right Riemann sum: B. Riemann, "Ueber die Darstellbarkeit einer Function durch eine trigonometrische
// Reihe" (1854), section 4. Order 1.
#include "rules/combs.h"

namespace jitegral::rules {

// Walks from b back to a, so that rounding never carries the last point past b.
std::vector<Comb> right(double a, double b, std::uint64_t n) {
  if (a == b) return {};
  const double h = step(a, b, static_cast<double>(n));
  return without_empty({{.start = b, .step = -h, .count = n, .weight = h}});
}

}  // namespace jitegral::rules
