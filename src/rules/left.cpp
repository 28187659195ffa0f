// The left Riemann sum: B. Riemann, "Ueber die Darstellbarkeit einer Function durch eine trigonometrische
// Reihe" (1854), section 4. Order 1.
#include "rules/combs.h"

namespace jitegral::rules {

std::vector<Comb> left(double a, double b, std::uint64_t n) {
  if (a == b) return {};
  const double h = step(a, b, static_cast<double>(n));
  return without_empty({{.start = a, .step = h, .count = n, .weight = h}});
}

}  // namespace jitegral::rules
