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

}  // namespace jitegral::rules
