// The trapezoidal rule in a variable t in which the integrand decays double exponentially: tanh-sinh over a
// finite range, exp-sinh over a half-infinite one, sinh-sinh over the whole line. In levels: each halves the
// step and adds only the new points. H. Takahasi, M. Mori, "Double exponential formulas for numerical
// integration", Publ. RIMS 9 (1974), 721-741.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "rules/look.h"

namespace jitegral::rules {

// One range, level by level: points() are to be evaluated, then take() goes on. Points are kept as distances
// to the nearer end, so that where that end is 0 they are exact however near they come.
class DoubleExponential {
 public:
  // a < b; either may be infinite.
  DoubleExponential(double a, double b);

  // The points of the next level, ascending; none where there is no next level.
  [[nodiscard]] std::vector<double> points() const;
  // y[i] is f at point i, noise[i] (unless null) a bound on its error beyond rounding.
  void take(std::span<const double> y, const double* noise);
  // What the levels so far say. `verify`: f may have kinks or jumps, so that no fast convergence is believed.
  [[nodiscard]] Look look(bool verify) const;
  // True if another level promises more than dividing the range.
  [[nodiscard]] bool is_worth_more() const;
  // All points and values so far, ascending.
  struct Point {
    double x = 0, y = 0;
    int index = 0;      // on the finest grid of t; 0 is the middle
    double weight = 0;  // dx/dt
    double noise = 0;
    [[nodiscard]] double term() const { return weight * y; }
  };
  [[nodiscard]] std::span<const Point> seen() const { return points_; }

  [[nodiscard]] double step() const;  // of the finest level taken, in t

  static constexpr std::size_t first_points = 56;  // of the first two levels, at most

 private:
  [[nodiscard]] Point point(int index) const;
  [[nodiscard]] double sum(int stride) const;
  void trim();
  [[nodiscard]] double tail() const;

  double a_, b_;
  int stride_;        // of the finest level taken, in rows of the table
  int next_;          // of the level to come; 0: none
  int first_, last_;  // indices beyond which nothing counts
  bool finite_ = true;
  bool low_closed_ = false, high_closed_ = false;  // terms beyond the outermost points were seen not to count
  std::vector<Point> fresh_;                       // to be evaluated
  std::vector<Point> points_;                      // ascending
};

}  // namespace jitegral::rules
