#include "rules/combs.h"

#include <cmath>

namespace jitegral::rules {

double step(double a, double b, double n) {
  const double width = b - a;
  return std::isfinite(width) ? width / n : b / n - a / n;
}

std::vector<Comb> without_empty(std::vector<Comb> combs) {
  std::erase_if(combs, [](const Comb& comb) { return comb.count == 0; });
  for (Comb& comb : combs) {
    if (comb.count == 1) comb.step = 0;
  }
  return combs;
}

Comb tooth(double a, double half, std::uint64_t panels, double x, double w) {
  const double offset = half * (1 + x);
  const double start = std::isfinite(offset) ? a + offset : (a + half) + half * x;
  return {.start = start, .step = 2 * half, .count = panels, .weight = w * half};
}

}  // namespace jitegral::rules
