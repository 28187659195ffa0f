// Sums that do not lose the small terms: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
// endlicher Summen", ZAMM 54 (1974), 39-51.
#pragma once

#include <cmath>

namespace jitegral {

// A running sum and the rounding errors made so far. The error of value() is about one unit in the last
// place, plus n^2 eps^2 times the sum of the magnitudes. Infinities and nan come through as in a plain sum.
class CompensatedSum {
 public:
  CompensatedSum() = default;
  explicit CompensatedSum(double x) : sum_(x) {}

  void add(double x) {
    const double t = sum_ + x;
    lost_ += std::fabs(sum_) >= std::fabs(x) ? (sum_ - t) + x : (x - t) + sum_;
    sum_ = t;
  }
  // Joins the sum of a later range of terms.
  void add(const CompensatedSum& later) {
    add(later.sum_);
    lost_ += later.lost_;
  }
  [[nodiscard]] CompensatedSum scaled(double factor) const {
    CompensatedSum result(sum_ * factor);
    result.lost_ = std::fma(sum_, factor, -result.sum_) + lost_ * factor;
    return result;
  }
  [[nodiscard]] double value() const { return std::isfinite(sum_) ? sum_ + lost_ : sum_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

}  // namespace jitegral
