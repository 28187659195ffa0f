// Special functions of one or two arguments; Bessel and Airy functions and the polylogarithm have files of
// their own. Most are Boost.Math's, in plain double. Where measurement showed more than a few ulp, the
// comment says what is done instead.
#include "functions/special.h"

#include <algorithm>
#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/ellint_rf.hpp>
#include <boost/math/special_functions/ellint_rg.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/lambert_w.hpp>
#include <boost/math/special_functions/sin_pi.hpp>
#include <boost/math/special_functions/zeta.hpp>
#include <cmath>
#include <complex>
#include <numbers>

#include "functions/special_policy.h"

namespace jitegral::special {
namespace {

constexpr double pi = std::numbers::pi;

bool is_integer(double x) { return std::floor(x) == x; }

// gamma(x) has a pole here. Zero is left out: its two signs have a limit each.
bool is_negative_integer(double x) { return x < 0 && is_integer(x); }

// Sine of pi*x/2 for x of any size, exactly zero at even x.
double sine_of_quarter_turns(double x) { return boost::math::sin_pi(std::fmod(x, 4.0) / 2, narrow); }

// The reflection formula in the wider type: 1-s must not be rounded, since gamma is steep there.
double zeta_left(double s) {
  const double turn = sine_of_quarter_turns(s);
  if (turn == 0) return 0;
  if (s < -400) return std::copysign(inf, turn);
  const long double t = 1 - static_cast<long double>(s);
  const long double growth = std::tgamma(t) * std::pow(2 * std::numbers::pi_v<long double>, -t);
  return static_cast<double>(2 * growth * turn * boost::math::zeta(static_cast<double>(t), narrow));
}

// One Newton step in the wider type; at the branch point itself, where it would divide by zero, Boost's
// series needs no help.
double polish_lambertw(double w, double x) {
  if (!(w > -0.999) || !std::isfinite(w) || std::fabs(x) < 1e-6 || w > 600) return w;
  const long double exact = w;
  return static_cast<double>(exact - (exact - x * std::exp(-exact)) / (1 + exact));
}

// The reflection formula; Boost's goes through an int.
double lgamma_far_left(double x) {
  const double sine = boost::math::sin_pi(std::fmod(x, 2.0), narrow);
  return std::log(pi / std::fabs(sine)) - boost::math::lgamma(1 - x, narrow);
}

// log|gamma(a) gamma(b) / gamma(a+b)| and its sign: the way out when a plain quotient over- or underflows.
double beta_by_logarithms(double a, double b) {
  const auto sign = [](double x) { return x < 0 && std::fmod(std::floor(x), 2.0) != 0 ? -1.0 : 1.0; };
  const double size = jts_lgamma(a) + jts_lgamma(b) - jts_lgamma(a + b);
  return sign(a) * sign(b) * sign(a + b) * std::exp(size);
}

// At least one argument is negative, none is a pole.
double beta_left(double a, double b) {
  const double sum = a + b;
  if (sum == 0 || is_negative_integer(sum)) return 0;
  const double value = std::tgamma(a) / std::tgamma(sum) * std::tgamma(b);
  return std::isfinite(value) && std::fabs(value) > 1e-290 ? value : beta_by_logarithms(a, b);
}

// The sine and cosine integrals, x > 0. For small x the power series; then the continued fraction of E1(ix),
// from its tail, with the number of terms that double precision needs (Abramowitz &
// Stegun 5.1.22, 5.2.21-23).
struct TrigonometricIntegrals {
  double si = 0;
  double ci = 0;
};

// In the wider type, because the terms alternate.
TrigonometricIntegrals si_ci_series(double x) {
  const long double square = static_cast<long double>(x) * x;
  long double term = 1;  // (-1)^k x^2k / (2k)!
  long double si = 1;
  long double ci = 0;
  for (int k = 1; k < 30 && std::fabs(term) > 1e-20L; ++k) {
    term *= -square / ((2.0L * k - 1) * (2.0L * k));
    ci += term / (2.0L * k);
    si += term / ((2.0L * k + 1) * (2.0L * k + 1));
  }
  const long double logarithm = std::numbers::egamma_v<long double> + std::log(static_cast<long double>(x));
  return {static_cast<double>(x * si), static_cast<double>(logarithm + ci)};
}

TrigonometricIntegrals si_ci_fraction(double x) {
  const int terms = static_cast<int>(190 / x) + 3;
  double re = 2 * terms + 1;
  double im = x;
  for (int k = terms; k > 0; --k) {
    const double scale = static_cast<double>(k) * k / (re * re + im * im);
    re = 2 * k - 1 - scale * re;
    im = x + scale * im;
  }
  const double norm = re * re + im * im;
  const double a = re / norm;
  const double b = -im / norm;
  const double sine = std::sin(x);
  const double cosine = std::cos(x);
  return {pi / 2 + (b * cosine - a * sine), -(a * cosine + b * sine)};
}

TrigonometricIntegrals si_ci(double x) {
  if (x <= 3) return si_ci_series(x);
  if (x <= 1e10) return si_ci_fraction(x);
  return {pi / 2 - std::cos(x) / x, std::sin(x) / x};
}

}  // namespace
}  // namespace jitegral::special

using namespace jitegral::special;

double jts_erfinv(double x) {
  if (!(std::fabs(x) <= 1)) return undefined;
  return std::fabs(x) == 1 ? std::copysign(inf, x) : boost::math::erf_inv(x, narrow);
}

// libm's is the more accurate one here. A negative integer is a pole without a sign.
double jts_gamma(double x) { return is_negative_integer(x) ? undefined : std::tgamma(x); }

double jts_lgamma(double x) {
  if (std::isnan(x)) return x;
  if (std::isinf(x) || x == 0 || is_negative_integer(x)) return inf;
  return x < -1e8 ? lgamma_far_left(x) : boost::math::lgamma(x, narrow);
}

// To the left of zero the reflection formula cancels, so it is done in the wider type.
double jts_digamma(double x) {
  if (std::isnan(x) || x == inf) return x;
  if (x == 0) return std::copysign(inf, -x);
  if (x == -inf || is_negative_integer(x)) return undefined;
  return x > 0 ? boost::math::digamma(x, narrow) : boost::math::digamma(x, wide);
}

double jts_beta(double a, double b) {
  if (std::isnan(a) || std::isnan(b) || is_negative_integer(a) || is_negative_integer(b)) return undefined;
  if (a == 0 || b == 0) return std::isinf(a) || std::isinf(b) ? undefined : inf;
  if (std::isinf(a) || std::isinf(b)) return std::min(a, b) > 0 ? 0 : undefined;
  return std::min(a, b) > 0 ? boost::math::beta(a, b, wide) : beta_left(a, b);
}

double jts_zeta(double s) {
  if (std::isnan(s) || s == -inf) return undefined;
  if (s == 1) return inf;
  if (s > 60) return 1;
  return s < -0.5 ? zeta_left(s) : boost::math::zeta(s, narrow);
}

double jts_Si(double x) {
  if (std::isnan(x)) return x;
  if (std::isinf(x)) return std::copysign(pi / 2, x);
  return x == 0 ? x : std::copysign(si_ci(std::fabs(x)).si, x);
}

// The real function: there is none to the left of zero, where its continuation is complex.
double jts_Ci(double x) {
  if (std::isnan(x) || x < 0) return undefined;
  if (x == 0) return -inf;
  return x == inf ? 0 : si_ci(x).ci;
}

double jts_Ei(double x) {
  if (std::isnan(x)) return x;
  if (x == 0) return -inf;
  if (std::isinf(x)) return x > 0 ? inf : 0.0;
  return boost::math::expint(x, narrow);
}

double jts_lambertw(double x) {
  if (x == inf) return inf;
  constexpr double branch_point = -0.36787944117144232;
  if (!(x >= branch_point)) return undefined;
  return x == branch_point ? -1 : polish_lambertw(boost::math::lambert_w0(x, narrow), x);
}

// Through Carlson's integrals: 1-m is exact where it matters, so nothing is lost near m = 1, and m < 0 is
// nothing special.
double jts_ellipk(double m) {
  if (!(m <= 1)) return undefined;
  if (m == 1) return inf;
  return std::isinf(m) ? 0 : boost::math::ellint_rf(0.0, 1 - m, 1.0, narrow);
}

double jts_ellipe(double m) {
  if (!(m <= 1)) return undefined;
  if (m == 1) return 1;
  return std::isinf(m) ? inf : 2 * boost::math::ellint_rg(0.0, 1 - m, 1.0, narrow);
}
