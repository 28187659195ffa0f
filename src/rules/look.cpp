#include "rules/look.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jitegral::rules {

Look not_finite(std::size_t points) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Look result;
  result.estimate = {.value = std::numeric_limits<double>::quiet_NaN(),
                     .error = infinity,
                     .magnitude = infinity,
                     .evaluations = points,
                     .finite = false};
  result.rough = true;
  return result;
}

double roundoff(double magnitude, double farthest, double variation, double largest) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  const double quadpack = 50 * eps * magnitude, off = eps / 2 * farthest, conspiring = off * variation;
  if (conspiring <= quadpack) return quadpack;
  // The sum of squares is at most variation times largest, without overflow in between.
  const double likely = std::sqrt(3 * variation) * std::sqrt(largest);
  return std::max(quadpack, std::min(conspiring, off * likely));
}

}  // namespace jitegral::rules
