#include "rules/period.h"

#include <algorithm>
#include <cmath>

#include "base/compensated.h"

namespace jitegral::rules {

namespace {

double rounding(const Period& period, double a, std::span<const double> y, double magnitude) {
  double variation = 0, largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double rise = std::fabs(y[i] - y[i == 0 ? y.size() - 1 : i - 1]);
    variation += rise;
    largest = std::max(largest, rise);
  }
  const double farthest = std::fabs(a) + 3 * period.length;
  // Wave numbers count as multiples of one where they differ by no more (analysis/symmetry.cpp).
  constexpr double same = 1e-14;
  return roundoff(magnitude, farthest, variation, largest) +
         same * variation * period.length / static_cast<double>(y.size());
}

}  // namespace

double Period::error(std::size_t n) const {
  const auto x = static_cast<double>(n);
  const double x4 = x * x * x * x, x16 = x4 * x4 * x4 * x4;
  return harmonics / x16 / x4;
}

std::size_t Period::points_for(double allowed) const {
  for (std::size_t n = first; n <= most; n += first)
    if (error(n) <= allowed) return n;
  return 0;
}

// Quotients first: those of the first points are the same for every multiple.
void nodes(const Period& period, double a, std::span<double> x) {
  const auto n = static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = a + period.length * (static_cast<double>(i) / n);
}

Look look(const Period& period, double a, double weight, std::span<const double> y, const double* noise) {
  const double h = period.length / static_cast<double>(y.size());
  CompensatedSum sum, size, noises;
  for (std::size_t i = 0; i < y.size(); ++i) {
    sum.add(y[i]);
    size.add(std::fabs(y[i]));
    if (noise != nullptr) noises.add(noise[i]);
  }
  Look result;
  const double magnitude = h * size.value();
  result.floor = rounding(period, a, y, magnitude) + h * noises.value();
  const double excess = std::fabs(period.excess * (y[1] - y[0]));
  result.estimate = {.value = h * sum.value() + period.excess * y[0],
                     .error = period.error(y.size()) * std::fabs(weight) + excess + result.floor,
                     .magnitude = magnitude,
                     .evaluations = y.size(),
                     .finite = std::isfinite(magnitude)};
  result.blur = std::numeric_limits<double>::infinity();  // no polynomial says anything at the ends
  return result;
}

}  // namespace jitegral::rules
