// Interval arithmetic: sets [lo, hi] of real numbers that surely hold every value asked for. Names and rules
// for empty and unbounded sets follow IEEE 1788-2015, set-based flavour, without decorations: a function is
// applied to the part of the set on which it is defined. The rounding mode is never touched: bounds are
// computed to nearest and then moved outwards by at least one unit in the last place, which costs a factor of
// two in the last bit and works on every machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace jitegral {

struct Interval {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();

  static Interval entire() { return {}; }
  static Interval empty() {
    return {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  }
  static Interval point(double x) { return std::isnan(x) ? entire() : Interval{x, x}; }

  [[nodiscard]] bool is_empty() const { return !(lo <= hi); }
  [[nodiscard]] bool contains(double x) const { return lo <= x && x <= hi; }
  [[nodiscard]] bool is_bounded() const { return std::isfinite(lo) && std::isfinite(hi); }
  [[nodiscard]] double width() const { return hi - lo; }
  // The largest absolute value (IEEE 1788's mag) and the smallest one (mig). Not for empty sets.
  [[nodiscard]] double largest() const { return std::max(std::fabs(lo), std::fabs(hi)); }
  [[nodiscard]] double smallest() const { return contains(0) ? 0 : std::min(std::fabs(lo), std::fabs(hi)); }
  friend bool operator==(const Interval&, const Interval&) = default;
};

// Whether one is a subset of the other.
inline bool is_within(const Interval& some, const Interval& all) {
  return all.lo <= some.lo && some.hi <= all.hi;
}

inline Interval intersection(const Interval& a, const Interval& b) {
  const Interval both{std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
  return both.is_empty() ? Interval::empty() : both;
}

inline Interval hull(const Interval& a, const Interval& b) {
  if (a.is_empty()) return b;
  return b.is_empty() ? a : Interval{std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

// [lo, hi] moved outwards by `units` units in the last place; nan in a bound means that nothing is known
// there. A bound that overflowed stands for a finite number beyond the largest double.
inline Interval widened(double lo, double hi, double units = 1) {
  using Limits = std::numeric_limits<double>;
  const auto step = [units](double x) {
    return units * (Limits::epsilon() * std::fabs(x) + Limits::denorm_min());
  };
  lo = std::isnan(lo) ? -Limits::infinity() : lo == Limits::infinity() ? Limits::max() : lo - step(lo);
  hi = std::isnan(hi) ? Limits::infinity() : hi == -Limits::infinity() ? Limits::lowest() : hi + step(hi);
  // -inf - inf and inf + inf are what they should be; nothing else can be nan here.
  return {lo, hi};
}

inline Interval operator-(const Interval& a) { return {-a.hi, -a.lo}; }

inline Interval operator+(const Interval& a, const Interval& b) {
  if (a.is_empty() || b.is_empty()) return Interval::empty();
  return widened(a.lo + b.lo, a.hi + b.hi);
}

inline Interval operator-(const Interval& a, const Interval& b) { return a + (-b); }

namespace interval {

// A bound may be infinite without being a member: 0 * inf is 0.
inline double product(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }

}  // namespace interval

inline Interval operator*(const Interval& a, const Interval& b) {
  if (a.is_empty() || b.is_empty()) return Interval::empty();
  const auto [least, most] = std::minmax({interval::product(a.lo, b.lo), interval::product(a.lo, b.hi),
                                          interval::product(a.hi, b.lo), interval::product(a.hi, b.hi)});
  // An exact zero needs no room: x * 0 stays 0, and a square stays above 0.
  const Interval wide = widened(least, most);
  return {least == 0 ? 0 : wide.lo, most == 0 ? 0 : wide.hi};
}

// {x * x : x in a}, tighter than a * a where a holds 0.
inline Interval square(const Interval& a) {
  if (a.is_empty()) return a;
  const double least = a.smallest();
  const Interval wide = widened(least * least, a.largest() * a.largest());
  return {std::max(0.0, wide.lo), wide.hi};
}

inline Interval operator/(const Interval& a, const Interval& b) {
  if (a.is_empty() || b.is_empty() || (b.lo == 0 && b.hi == 0)) return Interval::empty();
  if (b.lo < 0 && b.hi > 0) return a == Interval{0, 0} ? a : Interval::entire();
  // 1/b with a zero on the side where b lies.
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Interval inverse = b.lo >= 0 ? Interval{1 / b.hi, b.lo == 0 ? infinity : 1 / b.lo}
                                     : Interval{b.hi == 0 ? -infinity : 1 / b.hi, 1 / b.lo};
  const Interval wide = widened(inverse.lo, inverse.hi);
  return a *
         (b.lo >= 0 ? Interval{std::max(0.0, wide.lo), wide.hi} : Interval{wide.lo, std::min(0.0, wide.hi)});
}

}  // namespace jitegral
