// The trapezoidal rule over one period of an analytic function, where it converges geometrically (L. N.
// Trefethen, J. A. C. Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56 (2014),
// 385-458). To n points the n-th harmonic is a constant: that two numbers of points agree proves nothing, and
// a bound on a high derivative is asked for instead.
#pragma once

#include <cstddef>
#include <limits>
#include <span>

#include "rules/look.h"

namespace jitegral::rules {

struct Period {
  double length = 0;
  double excess = 0;  // of the range over its period: the limits are doubles, the period is not
  // n points are wrong by no more than harmonics / n^20; infinite where nothing is known.
  double harmonics = std::numeric_limits<double>::infinity();

  [[nodiscard]] double error(std::size_t n) const;
  // The least number of points that are wrong by no more than `allowed`: a multiple of the first ones, which
  // are among them. 0 if more than `most` were needed.
  [[nodiscard]] std::size_t points_for(double allowed) const;

  static constexpr std::size_t first = 16, most = 256;
};

// From `a` on, one period of `a` excluded.
void nodes(const Period& period, double a, std::span<double> x);

// y[i] is `weight` times f at node i; noise[i], unless noise is null, bounds its error beyond rounding.
Look look(const Period& period, double a, double weight, std::span<const double> y, const double* noise);

}  // namespace jitegral::rules
