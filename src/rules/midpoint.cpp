// The midpoint rule: P. J. Davis, P. Rabinowitz, Methods of Numerical Integration (2nd ed. 1984),
// section 2.1. Order 2; never touches the end points.
#include "rules/combs.h"

namespace jitegral::rules {

std::vector<Comb> midpoint(double a, double b, std::uint64_t n) {
  if (a == b) return {};
  const double h = step(a, b, static_cast<double>(n));
  const double half = step(a, b, 2 * static_cast<double>(n));  // finite where h is not
  return without_empty({{.start = a + half, .step = h, .count = n, .weight = h}});
}

}  // namespace jitegral::rules
