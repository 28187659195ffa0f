// The trapezoidal rule: L. N. Trefethen, J. A. C. Weideman, "The exponentially convergent trapezoidal rule",
// SIAM Review 56 (2014), 385-458. Order 2; far better over a full period.
#include "rules/combs.h"

namespace jitegral::rules {

std::vector<Comb> trapezoid(double a, double b, std::uint64_t n) {
  if (a == b) return {};
  const double h = step(a, b, static_cast<double>(n));
  const double half = step(a, b, 2 * static_cast<double>(n));
  return without_empty({{.start = a, .count = 1, .weight = half},
                        {.start = a + h, .step = h, .count = n - 1, .weight = h},
                        {.start = b, .count = 1, .weight = half}});
}

}  // namespace jitegral::rules
