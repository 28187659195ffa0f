// Bessel functions of real order.
//
// Boost.Math does the common orders. It loops over the order and over the argument, overflows inside, and
// loses digits in a few places. There the uniform expansions for large orders are used (NIST DLMF 10.20 for J
// and Y, 10.41 for I and K), power series, and for whole orders beyond the argument a recurrence downward.
#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/sin_pi.hpp>
#include <cmath>
#include <numbers>

#include "functions/special.h"
#include "functions/special_airy.h"
#include "functions/special_policy.h"

namespace jitegral::special {
namespace {

constexpr Real pi_wide = std::numbers::pi_v<Real>;

bool is_integer(double n) { return std::floor(n) == n; }
bool is_odd(double n) { return std::fmod(n, 2.0) != 0; }

// --- J and Y of large order: uniform expansion around the turning point x = n ---

struct Pair {
  double first = undefined;   // J or I
  double second = undefined;  // Y or K
};

// The geometry of order n and argument x: w = sqrt|1-z^2| for z = x/n, and xi = n (atanh w - w), respectively
// n (w - atan w) beyond the turning point. Its series avoids the cancellation for small w.
struct TurningPoint {
  bool beyond;
  Real w, xi, zeta;  // zeta without its sign

  TurningPoint(Real n, Real x) : beyond(x > n), w(std::sqrt(std::fabs((n - x) * (n + x))) / n) {
    const Real near_phase = beyond ? w - std::atan(w) : std::log((1 + w) * n / x) - w;
    const Real phase = w < 0.2L ? series(beyond ? -w * w : w * w) : near_phase;
    xi = n * phase;
    zeta = std::pow(1.5L * phase, 2.0L / 3);
  }

 private:
  // w^3/3 + w^5/5 + ..., with alternating signs beyond.
  [[nodiscard]] Real series(Real square) const {
    Real sum = 0;
    for (int k = 27; k >= 3; k -= 2) sum = sum * square + 1 / static_cast<Real>(k);
    return sum * w * w * w;
  }
};

// The polynomials U_k of DLMF 10.41.10-11, called with p and p^2 (or -p^2 beyond the turning point, the power
// of the imaginary unit in front being left to the caller), and U_k/n^k in their place.
struct DebyeTerms {
  Real u1, u2, u3, u4;

  DebyeTerms(Real n, Real p, Real q) {
    const Real r = p / n;
    u1 = r * (3 - 5 * q) / 24;
    u2 = r * r * (81 - q * (462 - 385 * q)) / 1152;
    u3 = r * r * r * (30375 - q * (369603 - q * (765765 - 425425 * q))) / 414720;
    u4 = r * r * r * r * (4465125 - q * (94121676 - q * (349922430 - q * (446185740 - 185910725 * q)))) /
         39813120;
  }
};

// A_1, B_0 and B_1 of DLMF 10.20.10-11 as functions of zeta. Near zeta = 0 the terms cancel, so there they
// are Taylor series.
struct UniformTerms {
  Real a1, b0, b1;

  explicit UniformTerms(const TurningPoint& at) {
    if (at.zeta < 0.02L) {
      near_turning_point(at.beyond ? -at.zeta : at.zeta);
    } else {
      away(at, at.beyond ? -1 : 1);
    }
  }

 private:
  void near_turning_point(Real z) {
    a1 = -0.00444444444444444444L +
         z * (-0.00146370746350314497L + z * (0.000706417272419689569L + z * 0.000672887606220939554L));
    b0 = 0.0179988721413553309L +
         z * (0.00888888888888888889L +
              z * (0.00162568716268357349L + z * (-0.000364284865219909604L - z * 0.000302060448999224882L)));
    b1 = -0.00149282953213429172L + z * (-0.00139406307977736549L - z * 0.000382095414553162564L);
  }

  // The sign is that of zeta; powers of the imaginary unit have been multiplied out.
  void away(const TurningPoint& at, Real sign) {
    const Real p = 1 / at.w;
    const DebyeTerms u(1, p, sign * p * p);
    const Real root = std::sqrt(at.zeta);
    const Real cube = 1 / (at.zeta * root);
    a1 = sign * u.u2 - 7.0L / 48 * u.u1 * cube - sign * 455.0L / 4608 * cube * cube;
    const Real c1 = 5.0L / 48 * cube;
    const Real c2 = 385.0L / 4608 * cube * cube;
    const Real c3 = 85085.0L / 663552 * cube * cube * cube;
    b0 = -(sign * u.u1 + c1) / root;
    b1 = -(u.u3 + sign * c1 * u.u2 + c2 * u.u1 + sign * c3) / root;
  }
};

Pair uniform_jy(double order, double x) {
  const Real n = order;
  const TurningPoint at(n, x);
  if (!at.beyond && at.xi > 11000) return {0, -inf};
  const UniformTerms terms(at);
  const Real third = std::cbrt(n);
  const Real scaled = (at.beyond ? -1 : 1) * third * third * at.zeta;
  const Airy y = airy(scaled, at.xi);
  const Real a = (1 + terms.a1 / (n * n)) / third;
  const Real b = (terms.b0 + terms.b1 / (n * n)) / (n * third * third);
  const Real front = at.w == 0 ? std::cbrt(2.0L) : std::sqrt(2 * std::sqrt(at.zeta) / at.w);
  return {static_cast<double>(front * (y.ai * a + y.dai * b)),
          static_cast<double>(-front * (y.bi * a + y.dbi * b))};
}

// Good to about 1e-13 of the amplitude from order 1000 on, and away from the turning point earlier. Boost's
// expansion for a large argument has an exact phase, so it is preferred where it holds; it wants an int,
// though.
bool is_uniform(double n, double x) {
  if (n < 0.004 * x && n < 2e9) return false;
  return n > 1000 || (n > 300 && x > 4 * n) || (n > 50 && x > 20 * n);
}

// Whole order n >= 2, 5 <= x <= n: Miller's recurrence downward. Normalised by whichever of J0 and J1 is
// larger; one alone loses all digits near its zeros.
double downward_j(int n, double x) {
  const int start = n + 30 + static_cast<int>(4 * std::cbrt(static_cast<double>(n)));
  Real later = 0;
  Real now = 1e-250L;
  Real wanted = 0;
  for (int k = start; k > 0; --k) {
    if (k == n) wanted = now;
    const Real earlier = 2 * static_cast<Real>(k) / x * now - later;
    later = now;
    now = earlier;
    if (std::fabs(now) > 1e250L) {
      for (Real* y : {&now, &later, &wanted}) *y *= 1e-250L;
    }
  }
  const Real j0 = boost::math::cyl_bessel_j(0, x, narrow);
  const Real j1 = boost::math::cyl_bessel_j(1, x, narrow);
  return static_cast<double>(std::fabs(j0) > std::fabs(j1) ? wanted / now * j0 : wanted / later * j1);
}

// --- Arguments so small that the leading terms are all (DLMF 10.7): Boost overflows inside ---

constexpr double tiny_argument = 1e-150;

// (x/2)^n / gamma(n+1), which is both J and I.
Real leading_ji(Real n, Real x) { return std::exp(n * std::log(x / 2) - boost::math::lgamma(n + 1, wide)); }

// The power series of J (sign -1) and I (sign 1), with logarithms in the wider type.
double series_ji(Real n, Real x, Real sign) {
  const Real step = sign * x * x / 4;
  Real term = 1;
  Real sum = 1;
  for (int k = 1; k < 500 && std::fabs(term) > 1e-20L * sum; ++k) {
    term *= step / (static_cast<Real>(k) * (n + static_cast<Real>(k)));
    sum += term;
  }
  return static_cast<double>(leading_ji(n, x) * sum);
}

// Boost's own power series is good until its factors overflow.
bool is_long_series(double n, double x) { return n > 100 && x * x < 4 * n; }

// K for an order so small that gamma(n) (2/x)^n / 2 is not alone: the logarithms of gamma(1+n) and gamma(1-n)
// by their Taylor series.
Real leading_k_small_order(Real n, Real x) {
  const Real square = n * n;
  const Real odd =
      -n * (0.57721566490153286061L + square * (0.40068563438653142847L + square * 0.2073855510286739853L));
  const Real even = square * (0.82246703342411321824L + square * 0.27058080842778454788L);
  const Real exponent = n * std::log(2 / x) + odd;
  return std::exp(even) * std::sinh(exponent) / n;
}

Real leading_k(Real n, Real x) {
  if (n == 0) return std::log(2 / x) - std::numbers::egamma_v<Real>;
  if (n < 0.05L) return leading_k_small_order(n, x);
  return std::exp(n * std::log(2 / x) + boost::math::lgamma(n, wide)) / 2;
}

double leading_y(Real n, Real x) {
  Real value = -2 / pi_wide * leading_k(n, x);
  if (n > 0 && n < 0.05L) value -= pi_wide * n / 2 * std::pow(x / 2, n);
  return static_cast<double>(value);
}

// Boost's recurrences upward end in a nan when they overflow.
double unless_nan(double value, double otherwise) { return std::isnan(value) ? otherwise : value; }

// n >= 0 and finite x > 0 from here on.
double plain_j(double n, double x) {
  if (x < tiny_argument) return static_cast<double>(leading_ji(n, x));
  if (is_uniform(n, x)) return uniform_jy(n, x).first;
  if (is_long_series(n, x)) return series_ji(n, x, -1);
  if (is_integer(n) && n >= 2 && n >= x && x >= 5 && n < x * x / 4) return downward_j(static_cast<int>(n), x);
  return boost::math::cyl_bessel_j(n, x, narrow);
}

double plain_y(double n, double x) {
  if (x < tiny_argument || (x < 1e-8 && n >= 1.5)) return leading_y(n, x);
  return is_uniform(n, x) ? uniform_jy(n, x).second
                          : unless_nan(boost::math::cyl_neumann(n, x, narrow), -inf);
}

// --- I and K of large order (DLMF 10.41.3-4) ---

Pair uniform_ik(double order, double x) {
  const Real n = order;
  const Real z = x / n;
  const Real root = std::hypot(1.0L, z);
  const DebyeTerms u(n, 1 / root, 1 / (root * root));
  const Real exponent = n * (root + std::log(z / (1 + root)));
  const Real size = 1 / std::sqrt(2 * pi_wide * n * root);
  const Real i = std::exp(exponent) * size * (1 + u.u1 + u.u2 + u.u3 + u.u4);
  const Real k = std::exp(-exponent) * size * pi_wide * (1 - u.u1 + u.u2 - u.u3 + u.u4);
  return {static_cast<double>(i), static_cast<double>(k)};
}

constexpr double large_order = 300;

// Beyond this argument I overflows and K underflows for every order up to large_order.
constexpr double large_argument = 1e4;

double plain_i(double n, double x) {
  if (x < tiny_argument) return static_cast<double>(leading_ji(n, x));
  if (n > large_order) return uniform_ik(n, x).first;
  if (n > 100 && x < n / 4) return series_ji(n, x, 1);
  return x > large_argument ? inf : boost::math::cyl_bessel_i(n, x, narrow);
}

double plain_k(double n, double x) {
  if (x < tiny_argument) return static_cast<double>(leading_k(n, x));
  if (n > large_order) return uniform_ik(n, x).second;
  return x > large_argument ? 0 : unless_nan(boost::math::cyl_bessel_k(n, x, narrow), inf);
}

// A product in which a zero wins over an infinity: reflection formulas have exact zeros.
double times(double factor, double y) { return factor == 0 ? 0 : factor * y; }

double sine_of_order(double n) { return boost::math::sin_pi(std::fmod(n, 2.0), narrow); }
double cosine_of_order(double n) { return boost::math::cos_pi(std::fmod(n, 2.0), narrow); }

// x >= 0, n >= 0
double right_j(double n, double x) {
  if (x == 0) return n == 0 ? 1 : 0;
  return std::isinf(x) ? 0 : plain_j(n, x);
}

double right_y(double n, double x) {
  if (x == 0) return -inf;
  return std::isinf(x) ? 0 : plain_y(n, x);
}

double right_i(double n, double x) {
  if (x == 0) return n == 0 ? 1 : 0;
  return std::isinf(x) ? inf : plain_i(n, x);
}

double right_k(double n, double x) {
  if (x == 0) return inf;
  return std::isinf(x) ? 0 : plain_k(n, x);
}

bool is_outside(double n, double x) {
  return !std::isfinite(n) || std::isnan(x) || (x < 0 && !is_integer(n));
}

}  // namespace
}  // namespace jitegral::special

using namespace jitegral::special;

double jts_besselj(double n, double x) {
  if (is_outside(n, x)) return undefined;
  if (is_integer(n)) {
    const double value = right_j(std::fabs(n), std::fabs(x));
    return is_odd(n) && std::signbit(n) != std::signbit(x) ? -value : value;
  }
  if (n > 0) return right_j(n, x);
  return times(cosine_of_order(n), right_j(-n, x)) + times(sine_of_order(n), right_y(-n, x));
}

double jts_bessely(double n, double x) {
  if (is_outside(n, x) || x < 0) return undefined;
  if (n >= 0) return right_y(n, x);
  return times(cosine_of_order(n), right_y(-n, x)) - times(sine_of_order(n), right_j(-n, x));
}

double jts_besseli(double n, double x) {
  if (is_outside(n, x)) return undefined;
  if (is_integer(n)) {
    const double value = right_i(std::fabs(n), std::fabs(x));
    return is_odd(n) && x < 0 ? -value : value;
  }
  if (n > 0) return right_i(n, x);
  return right_i(-n, x) - times(2 / std::numbers::pi * sine_of_order(n), right_k(-n, x));
}

double jts_besselk(double n, double x) {
  return is_outside(n, x) || x < 0 ? undefined : right_k(std::fabs(n), x);
}
