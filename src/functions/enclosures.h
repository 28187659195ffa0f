// The enclosure column of the table: for each row a function from sets of arguments to a set that holds all
// values there. Tight where that is cheap (monotone pieces, extrema counted), known bounds or everything
// where it is not. Tested against random points by tests/functions.
#pragma once

#include "base/interval.h"

namespace jitegral::functions::enclosures {

using Scalar = double (*)(const double*);

// No body is off by more than this many units in the last place, except special functions near their zeros.
constexpr double units = 70;

inline Interval clipped(const Interval& x, double lo, double hi) { return intersection(x, {lo, hi}); }

constexpr double infinity = std::numeric_limits<double>::infinity();

// f increasing (decreasing) over its whole domain [lo, hi]; at an end of the domain the scalar body may give
// nan, which widened() takes as unbounded.
template <Scalar f, double lo = -infinity, double hi = infinity>
Interval increasing(const Interval* a) {
  const Interval x = clipped(*a, lo, hi);
  return x.is_empty() ? x : widened(f(&x.lo), f(&x.hi), units);
}
template <Scalar f, double lo = -infinity, double hi = infinity>
Interval decreasing(const Interval* a) {
  const Interval x = clipped(*a, lo, hi);
  return x.is_empty() ? x : widened(f(&x.hi), f(&x.lo), units);
}
// Increasing and never rounded: floor and its like.
template <Scalar f>
Interval steps(const Interval* a) {
  return a->is_empty() ? *a : Interval{f(&a->lo), f(&a->hi)};
}
// f increasing above `lo`; everything where the argument may be below.
template <Scalar f, double lo>
Interval increasing_above(const Interval* a) {
  if (a->is_empty() || a->lo < lo) return a->is_empty() ? *a : Interval::entire();
  return widened(f(&a->lo), f(&a->hi), units);
}
// f even and increasing for x > 0.
template <Scalar f>
Interval even_increasing(const Interval* a) {
  if (a->is_empty()) return *a;
  const double near = a->smallest(), far = a->largest();
  return widened(f(&near), f(&far), units);
}
// f falls from `lo` to its only minimum at `least` and rises from there; everything below `lo`.
template <Scalar f, double lo, double least>
Interval valley(const Interval* a) {
  if (a->is_empty() || a->lo < lo) return a->is_empty() ? *a : Interval::entire();
  const double middle = std::clamp(least, a->lo, a->hi);
  const Interval falls = widened(f(&middle), f(&a->lo), units), rises = widened(f(&middle), f(&a->hi), units);
  return hull(falls, rises);
}
// Bounds that hold everywhere.
template <double lo, double hi>
Interval between(const Interval* a) {
  return a->is_empty() ? *a : Interval{lo, hi};
}
// Truth values.
Interval less(const Interval* a);
Interval less_equal(const Interval* a);
Interval greater(const Interval* a);
Interval greater_equal(const Interval* a);
Interval equal(const Interval* a);
Interval not_equal(const Interval* a);
Interval logical_and(const Interval* a);
Interval logical_or(const Interval* a);
Interval logical_not(const Interval* a);
Interval select(const Interval* a);

Interval add(const Interval* a);
Interval subtract(const Interval* a);
Interval multiply(const Interval* a);
Interval divide(const Interval* a);
Interval negate(const Interval* a);
Interval absolute(const Interval* a);
Interval minimum(const Interval* a);
Interval maximum(const Interval* a);
Interval modulo(const Interval* a);
Interval hypotenuse(const Interval* a);
Interval power(const Interval* a);

Interval sine(const Interval* a);
Interval cosine(const Interval* a);
Interval tangent(const Interval* a);
Interval sine_pi(const Interval* a);
Interval cosine_pi(const Interval* a);
Interval normalised_sinc(const Interval* a);
Interval angle(const Interval* a);

Interval beta(const Interval* a);
Interval zeta(const Interval* a);
Interval sine_integral(const Interval* a);
Interval cosine_integral(const Interval* a);
Interval exponential_integral(const Interval* a);
Interval besselj(const Interval* a);
Interval bessely(const Interval* a);
Interval besseli(const Interval* a);
Interval besselk(const Interval* a);
Interval airybi(const Interval* a);
Interval polylog(const Interval* a);

}  // namespace jitegral::functions::enclosures
