// Simpson's rule, and his 3/8 rule for what an odd number of subintervals leaves: P. J. Davis, P. Rabinowitz,
// Methods of Numerical Integration (2nd ed. 1984), section 2.2. Order 4.
#include "rules/combs.h"

namespace jitegral::rules {

namespace {

// The weights 1 4 2 4 … 2 4 1 (times h/3) on the first n subintervals, n even, without the two ends.
void add_thirds(std::vector<Comb>& combs, double a, double h, std::uint64_t n) {
  combs.push_back({.start = a + h, .step = 2 * h, .count = n / 2, .weight = 4 * (h / 3)});
  combs.push_back({.start = a + 2 * h, .step = 2 * h, .count = n / 2 - 1, .weight = 2 * (h / 3)});
}

}  // namespace

std::vector<Comb> simpson(double a, double b, std::uint64_t n) {
  if (a == b || n < 2) return {};
  const double h = step(a, b, static_cast<double>(n));
  const double third = h / 3;
  const double eighths = 3 * (h / 8);
  const bool odd = n % 2 == 1;
  std::vector<Comb> combs{{.start = a, .count = 1, .weight = n == 3 ? eighths : third},
                          {.start = b, .count = 1, .weight = odd ? eighths : third}};
  if (n != 3) add_thirds(combs, a, h, odd ? n - 3 : n);
  if (n > 3 && odd) combs.push_back({.start = b - 3 * h, .count = 1, .weight = third + eighths});
  if (odd) combs.push_back({.start = b - 2 * h, .step = h, .count = 2, .weight = 3 * eighths});
  return without_empty(std::move(combs));
}

}  // namespace jitegral::rules
