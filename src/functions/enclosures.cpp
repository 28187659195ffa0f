#include "functions/enclosures.h"

#include <cstdint>

#include "functions/special.h"

namespace jitegral::functions::enclosures {
namespace {

constexpr Interval never{0, 0};
constexpr Interval always{1, 1};
constexpr Interval perhaps{0, 1};
constexpr double pi = 3.141592653589793;

bool surely_true(const Interval& x) { return !x.contains(0); }
bool surely_false(const Interval& x) { return x.lo == 0 && x.hi == 0; }

// cos over [lo, hi], given in half turns (units of pi): extrema lie at whole numbers. The arguments may be
// off by `blur`, which is far below 1.
template <class Cosine>
Interval cosine_of_half_turns(double lo, double hi, double blur, Cosine cosine) {
  if (!(hi - lo < 2) || !(std::fabs(lo) < 1e15 && std::fabs(hi) < 1e15)) return {-1, 1};
  const auto [least, most] = std::minmax({cosine(lo), cosine(hi)});
  Interval range = widened(least, most, units);
  const auto first = static_cast<std::int64_t>(std::ceil(lo - blur));
  const auto last = static_cast<std::int64_t>(std::floor(hi + blur));
  for (std::int64_t n = first; n <= last; ++n) range = hull(range, n % 2 == 0 ? always : Interval{-1, -1});
  return intersection(range, {-1, 1});
}

bool whole(double x) { return std::trunc(x) == x; }

}  // namespace

Interval less(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  return a[0].hi < a[1].lo ? always : a[0].lo >= a[1].hi ? never : perhaps;
}
Interval less_equal(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  return a[0].hi <= a[1].lo ? always : a[0].lo > a[1].hi ? never : perhaps;
}
Interval greater(const Interval* a) {
  const Interval swapped[] = {a[1], a[0]};
  return less(swapped);
}
Interval greater_equal(const Interval* a) {
  const Interval swapped[] = {a[1], a[0]};
  return less_equal(swapped);
}
Interval equal(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  if (intersection(a[0], a[1]).is_empty()) return never;
  return a[0] == a[1] && a[0].lo == a[0].hi ? always : perhaps;
}
Interval not_equal(const Interval* a) {
  const Interval same = equal(a);
  return logical_not(&same);
}
Interval logical_and(const Interval* a) {
  if (surely_false(a[0]) || surely_false(a[1])) return never;
  return surely_true(a[0]) && surely_true(a[1]) ? always : perhaps;
}
Interval logical_or(const Interval* a) {
  if (surely_true(a[0]) || surely_true(a[1])) return always;
  return surely_false(a[0]) && surely_false(a[1]) ? never : perhaps;
}
Interval logical_not(const Interval* a) {
  return surely_false(*a) ? always : surely_true(*a) ? never : perhaps;
}
Interval select(const Interval* a) {
  if (a[0].is_empty()) return a[0];
  return surely_true(a[0]) ? a[1] : surely_false(a[0]) ? a[2] : hull(a[1], a[2]);
}

Interval add(const Interval* a) { return a[0] + a[1]; }
Interval subtract(const Interval* a) { return a[0] - a[1]; }
Interval multiply(const Interval* a) { return a[0] * a[1]; }
Interval divide(const Interval* a) { return a[0] / a[1]; }
Interval negate(const Interval* a) { return -a[0]; }
Interval absolute(const Interval* a) { return a->is_empty() ? *a : Interval{a->smallest(), a->largest()}; }

Interval minimum(const Interval* a) { return {std::min(a[0].lo, a[1].lo), std::min(a[0].hi, a[1].hi)}; }
Interval maximum(const Interval* a) { return {std::max(a[0].lo, a[1].lo), std::max(a[0].hi, a[1].hi)}; }

Interval modulo(const Interval* a) {
  const Interval quotient = a[0] / a[1];
  if (quotient.is_empty()) return quotient;
  const double turns = std::floor(quotient.lo);
  if (std::floor(quotient.hi) == turns && std::fabs(turns) < 1e15)
    return a[0] - a[1] * Interval::point(turns);
  return hull({0, 0}, a[1]);
}

Interval hypotenuse(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  return widened(std::hypot(a[0].smallest(), a[1].smallest()), std::hypot(a[0].largest(), a[1].largest()),
                 units);
}

namespace {

// x^n for whole n: monotone on either side of 0.
Interval whole_power(const Interval& x, double n) {
  const auto at = [n](double v) { return std::pow(v, n); };
  if (n < 0) return Interval::point(1) / whole_power(x, -n);
  if (std::fmod(n, 2) != 0) return widened(at(x.lo), at(x.hi), units);
  const Interval range = widened(at(x.smallest()), at(x.largest()), units);
  return {std::max(0.0, range.lo), range.hi};
}

}  // namespace

Interval power(const Interval* a) {
  const Interval& n = a[1];
  if (a[0].is_empty() || n.is_empty()) return Interval::empty();
  if (n.lo == n.hi && whole(n.lo)) return whole_power(a[0], n.lo);
  const Interval x = clipped(a[0], 0, infinity);
  if (a[0].lo < 0 && n.lo != n.hi) return Interval::entire();  // whole exponents may lie in between
  if (x.is_empty()) return x;
  // Monotone in either argument on either side of 1 and 0: the extremes are at the corners, or are 1.
  const auto [least, most] =
      std::minmax({std::pow(x.lo, n.lo), std::pow(x.lo, n.hi), std::pow(x.hi, n.lo), std::pow(x.hi, n.hi)});
  Interval range = widened(least, most, units);
  if (x.contains(1) || n.contains(0)) range = hull(range, always);
  return {std::max(0.0, range.lo), range.hi};
}

Interval cosine(const Interval* a) {
  if (a->is_empty()) return *a;
  const double blur = 1e-15 * (1 + a->largest());
  const Interval range =
      cosine_of_half_turns(a->lo / pi, a->hi / pi, blur, [](double n) { return std::cos(n * pi); });
  return intersection({range.lo - 4 * blur, range.hi + 4 * blur}, {-1, 1});
}

Interval sine(const Interval* a) {
  if (a->is_empty()) return *a;
  if (a->largest() < 1) return widened(std::sin(a->lo), std::sin(a->hi), units);
  // The shift by a quarter turn loses digits of the argument, so the bounds are blurred as much.
  const double blur = 1e-15 * (1 + a->largest());
  const Interval range = cosine_of_half_turns(a->lo / pi - 0.5, a->hi / pi - 0.5, blur,
                                              [](double n) { return std::cos(n * pi); });
  return intersection({range.lo - 4 * blur, range.hi + 4 * blur}, {-1, 1});
}

Interval tangent(const Interval* a) {
  if (a->is_empty()) return *a;
  const double blur = 1e-15 * (1 + a->largest());
  const double lo = a->lo / pi + 0.5, hi = a->hi / pi + 0.5;
  if (!(hi - lo < 1) || std::floor(lo - blur) != std::floor(hi + blur)) return Interval::entire();
  return widened(std::tan(a->lo), std::tan(a->hi), units);
}

Interval cosine_pi(const Interval* a) {
  if (a->is_empty()) return *a;
  return cosine_of_half_turns(a->lo, a->hi, 1e-15 * a->largest(),
                              [](double n) { return std::cos(std::fmod(n, 2) * pi); });
}

Interval sine_pi(const Interval* a) {
  if (a->is_empty()) return *a;
  if (a->largest() <= 0.5) return widened(std::sin(a->lo * pi), std::sin(a->hi * pi), units);
  const double blur = 1e-15 * (1 + a->largest());
  const Interval range = cosine_of_half_turns(a->lo - 0.5, a->hi - 0.5, blur,
                                              [](double n) { return std::cos(std::fmod(n, 2) * pi); });
  return intersection({range.lo - 4 * blur, range.hi + 4 * blur}, {-1, 1});
}

Interval normalised_sinc(const Interval* a) {
  if (a->is_empty()) return *a;
  const double near = a->smallest();
  const double bound = near > 0 ? std::min(1.0, 1.0001 / (pi * near)) : 1;
  return {std::max(-0.2173, -bound), bound};
}

Interval angle(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  if (a[1].lo > 0) {
    const Interval slope = a[0] / a[1];
    return widened(std::atan(slope.lo), std::atan(slope.hi), units);
  }
  return {a[0].lo >= 0 ? 0 : -3.1415926535897936, a[0].hi < 0 ? 0 : 3.1415926535897936};
}

Interval beta(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  if (!(a[0].lo > 0 && a[1].lo > 0)) return Interval::entire();
  return widened(jts_beta(a[0].hi, a[1].hi), jts_beta(a[0].lo, a[1].lo), units);
}

Interval zeta(const Interval* a) {
  if (a->is_empty() || a->lo <= 1) return a->is_empty() ? *a : Interval::entire();
  return widened(jts_zeta(a->hi), jts_zeta(a->lo), units);
}

Interval sine_integral(const Interval* a) {
  if (a->is_empty()) return *a;
  if (a->largest() <= pi) return widened(jts_Si(a->lo), jts_Si(a->hi), units);
  constexpr double most = 1.8519370519824663;  // Si(pi)
  return {a->lo >= 0 ? 0 : -most, a->hi <= 0 ? 0 : most};
}

Interval cosine_integral(const Interval* a) {
  const Interval x = clipped(*a, 0, infinity);
  if (x.is_empty()) return x;
  constexpr double most = 0.4720006514;  // Ci(pi/2)
  if (x.lo < 1) return {-infinity, most};
  return {-1 / x.lo, std::min(most, 1 / x.lo)};  // |Ci(x)| < 1/x
}

Interval exponential_integral(const Interval* a) {
  if (a->is_empty()) return *a;
  if (a->lo > 0) return widened(jts_Ei(a->lo), jts_Ei(a->hi), units);
  if (a->hi < 0) return widened(jts_Ei(a->hi), jts_Ei(a->lo), units);
  return Interval::entire();
}

Interval besselj(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  const bool bounded = a[0].lo >= 0 || (a[0].lo == a[0].hi && whole(a[0].lo));
  if (!bounded) return Interval::entire();
  // L. J. Landau, J. London Math. Soc. 61 (2000): |J(x)| < 0.7858 x^(-1/3) for all orders >= 0.
  const double near = a[1].smallest();
  const double most = near > 0 ? std::min(1.0, 0.7858 / std::cbrt(near)) : 1;
  return {-most, most};
}

Interval bessely(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  return Interval::entire();
}

Interval besseli(const Interval* a) {
  if (a[0].is_empty() || a[1].is_empty()) return Interval::empty();
  const double n = a[0].lo;
  if (a[0].hi != n || n < 0) return Interval::entire();
  const auto at = [n](double x) { return jts_besseli(n, x); };
  const Interval& x = a[1];
  if (!whole(n)) return x.lo < 0 ? Interval::entire() : widened(at(x.lo), at(x.hi), units);
  if (std::fmod(n, 2) != 0) return widened(at(x.lo), at(x.hi), units);
  return widened(at(x.smallest()), at(x.largest()), units);
}

Interval besselk(const Interval* a) {
  const Interval x = clipped(a[1], 0, infinity);
  if (a[0].is_empty() || x.is_empty()) return Interval::empty();
  if (a[0].lo != a[0].hi) return {0, infinity};
  const double most = x.lo == 0 ? infinity : jts_besselk(a[0].lo, x.lo);
  const Interval range = widened(x.hi == infinity ? 0 : jts_besselk(a[0].lo, x.hi), most, units);
  return {std::max(0.0, range.lo), range.hi};
}

Interval airybi(const Interval* a) {
  if (a->is_empty()) return *a;
  if (a->lo >= 0) return widened(jts_airybi(a->lo), jts_airybi(a->hi), units);
  return {-0.4550, a->hi <= 0 ? 0.6150 : widened(0, jts_airybi(a->hi), units).hi};
}

Interval polylog(const Interval* a) {
  const Interval x = clipped(a[1], -infinity, 1);
  if (a[0].is_empty() || x.is_empty()) return Interval::empty();
  const double s = a[0].lo;
  if (a[0].hi != s || s < 1) return Interval::entire();
  return widened(jts_polylog(s, x.lo), jts_polylog(s, x.hi), units);
}

}  // namespace jitegral::functions::enclosures
