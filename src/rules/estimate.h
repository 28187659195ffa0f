// Estimate: what is known about an integral, as one value, so that an error is never forgotten on the way.
#pragma once

#include <cmath>
#include <cstdint>

namespace jitegral {

struct Estimate {
  double value = 0;
  double error = 0;      // bound on |value - true value|, absolute
  double magnitude = 0;  // the integral of |f|
  std::uint64_t evaluations = 0;
  bool finite = true;  // false if f was nan or infinite at some point

  Estimate& operator+=(const Estimate& other) {
    value += other.value;
    error += other.error;
    magnitude += other.magnitude;
    evaluations += other.evaluations;
    finite = finite && other.finite;
    return *this;
  }
  friend Estimate operator+(Estimate a, const Estimate& b) { return a += b; }
  [[nodiscard]] Estimate scaled(double factor) const {
    Estimate result = *this;
    result.value *= factor;
    result.error *= std::fabs(factor);
    result.magnitude *= std::fabs(factor);
    return result;
  }
};

}  // namespace jitegral
