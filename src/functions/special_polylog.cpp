// The polylogarithm Li_s(x) of real order s and real x <= 1.
//
// Four ways, each where it neither cancels nor takes long: the power series; Jonquiere's relation to the
// Hurwitz zeta function for s < 0.95 (NIST DLMF 25.12.13, with Euler-Maclaurin summation 2.10.1); the
// inversion formula with its asymptotic form for x < -1; and in between the integral over the Bose-Einstein
// or Fermi-Dirac distribution (DLMF 25.12.11), by the trapezoidal rule in log t, which converges
// exponentially.
#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "functions/special.h"
#include "functions/special_policy.h"

namespace jitegral::special {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double tiny = 1e-17;

bool is_whole(double s) { return s == std::floor(s); }

double power_series(double s, double x) {
  double sum = 0;
  double power = 1;
  for (int k = 1; k < 1000; ++k) {
    power *= x;
    const double term = power * std::pow(k, -s);
    sum += term;
    if (std::fabs(term) <= tiny * std::fabs(sum)) break;
  }
  return sum;
}

// --- s < 0.95 ---

// s multiplies logarithms, and next to s = 1 terms cancel: more bits keep the digits.
using Real = long double;
constexpr Real pi_wide = std::numbers::pi_v<Real>;

// Real part of i^t zeta(t, a) |a|^t for t = 1-s and complex a with a positive real part.
class TurnedHurwitz {
 public:
  TurnedHurwitz(Real order, Real re, Real im) : t_(order), re_(re), im_(im), size_(std::hypot(re, im)) {}

  Real operator()() const {
    // Far enough out for the correction terms; a large t needs fewer terms because they decay by themselves.
    const int count = static_cast<int>(std::clamp<Real>(12 + t_ - std::fabs(im_), 2, 80));
    Real sum = 0;
    Real scale = 1;
    for (int k = 0; k < count && scale > 1e-20L; ++k) {
      sum += scale * std::cos(t_ * turn(k));
      scale = std::exp(-t_ * std::log(distance(k + 1)));
    }
    if (scale <= 1e-20L) return sum;
    return sum + tail(count, scale);
  }

 private:
  // |a+k| / |a|, and how far a+k is from the imaginary axis, as an angle.
  Real distance(int k) const { return std::hypot(re_ + static_cast<Real>(k), im_) / size_; }
  Real turn(int k) const { return std::atan2(re_ + static_cast<Real>(k), im_); }

  // Euler-Maclaurin: the integral from k on, half a term, and corrections with Bernoulli numbers.
  Real tail(int k, Real scale) const {
    static constexpr std::array<Real, 11> b = {1.0L / 12,
                                               -1.0L / 720,
                                               1.0L / 30240,
                                               -1.0L / 1209600,
                                               1.0L / 47900160,
                                               -691.0L / 1307674368000,
                                               1.0L / 74724249600,
                                               -3617.0L / 10670622842880000,
                                               43867.0L / 5109094217170944000,
                                               -174611.0L / 802857662698291200000.0L,
                                               77683.0L / 14101100039391805440000.0L};
    const Real far = distance(k) * size_;
    const Real angle = turn(k);
    const Real s = 1 - t_;
    Real sum = far * scale * integral_part(s, angle) + scale * std::cos(t_ * angle) / 2;
    Real rising = t_ / far;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const Real order = t_ + 2 * static_cast<Real>(j);
      sum += b[j] * rising * scale * std::sin((order + 1) * angle) * (j % 2 == 0 ? 1 : -1);
      rising *= (order + 1) * (order + 2) / (far * far);
    }
    return sum;
  }

  // Re i^(1-s) e^(i s theta) / -s without cancellation for small s; angle = pi/2 - theta.
  static Real integral_part(Real s, Real angle) { return -std::sin(s * angle) / s; }

  Real t_, re_, im_, size_;
};

// Sum of the two Hurwitz zeta functions at conjugate points, times gamma(t) (2 pi)^-t.
double by_hurwitz(double s, double x) {
  const Real t = 1 - static_cast<Real>(s);
  const Real u = std::log(std::fabs(static_cast<Real>(x)));
  const Real re = x > 0 ? 1 : 0.5L;
  const Real im = -u / (2 * pi_wide);
  const Real pair = 2 * TurnedHurwitz(t, re, im)();
  const Real size = 2 * pi_wide * std::hypot(re, im);
  const Real gamma = boost::math::lgamma(t, wide);
  const Real value = x > 0 ? std::exp(gamma - t * std::log(-u)) * (1 + pair * std::pow(-u / size, t))
                           : (pair == 0 ? 0 : pair * std::exp(gamma - t * std::log(size)));
  return static_cast<double>(value);
}

// --- x < -1, u = log(-x): inversion ---

double eta(int n) { return n == 0 ? 0.5 : (1 - std::ldexp(2.0, -n)) * jts_zeta(n); }

// Exact for whole s >= 2: 2 sum of eta(2k) u^(s-2k) / (s-2k)!, from the smallest power up.
double invert_whole(int s, double x) {
  const double u = std::log(-x);
  double sum = 0;
  double power = s % 2 == 0 ? 1 : u;
  for (int j = s % 2; j <= s; j += 2) {
    sum += eta(s - j) * power;
    power *= u / (j + 1) * u / (j + 2);
  }
  const double mirrored = power_series(s, 1 / x);
  return (s % 2 == 0 ? -mirrored : mirrored) - 2 * sum;
}

// The same series for any s does not end, and is asymptotic for large u (Sommerfeld).
double invert_asymptotic(double s, double x) {
  const Real u = std::log(-static_cast<Real>(x));
  Real term = std::exp(s * std::log(u) - boost::math::lgamma(static_cast<Real>(s) + 1, wide));
  Real sum = 0;
  for (int k = 0; k < 400; k += 2) {
    const Real step = static_cast<Real>(eta(k)) * term;
    sum += step;
    if (std::fabs(step) <= 1e-19L * std::fabs(sum)) break;
    term *= (s - k) * (s - k - 1) / (u * u);
  }
  return static_cast<double>(-2 * sum);
}

// --- otherwise: x times the mean of 1/(1 - x exp(-t)), t having the gamma distribution of shape s ---

struct Means {
  double of_one = 0;
  double of_fraction = 0;
};

// Trapezoidal sums from one starting point in one direction, until nothing is added any more.
Means sum_one_way(double s, double x, double v, double step, double small) {
  const double centre = std::log(s);
  const double u = std::log(std::fabs(x));  // the fraction switches on at t = u if that is positive
  Means sum;
  for (int k = 0; k < 20000; ++k, v += step) {
    const double t = std::exp(v);
    const double weight = std::exp(s * (v - centre) - (t - s));
    const double fraction = weight / (x > 0 ? -std::expm1(u - t) : 1 + std::exp(u - t));
    sum.of_one += weight;
    sum.of_fraction += fraction;
    if (weight <= small * sum.of_one && fraction <= small * sum.of_fraction && (step < 0 || t > u)) break;
  }
  return sum;
}

// The step follows from the strip around the real axis of log t in which the integrand is analytic and small:
// its poles are at t = log x + 2 pi i k, and the distribution narrows as s grows.
double trapezoid_step(double s, double x) {
  const double u = std::log(std::fabs(x));
  const double pole = std::atan2(x > 0 ? 2 * pi : pi, u);
  const double width = std::min({0.9 * pole, 1.2, 2.5 / std::sqrt(s)});
  return 2 * pi * width / (40 - s * std::log(std::cos(width)));
}

double by_distribution(double s, double x) {
  const double step = trapezoid_step(s, x);
  const double small = tiny * s * step;
  const double centre = std::log(s);
  const Means up = sum_one_way(s, x, centre, step, small);
  const Means down = sum_one_way(s, x, centre - step, -step, small);
  return x * ((up.of_fraction + down.of_fraction) / (up.of_one + down.of_one));
}

// Li2(x) + Li2(1-x) = pi^2/6 - log(x) log(1-x): the commonest order deserves the short way.
double reflect_dilogarithm(double x) {
  return pi * pi / 6 - std::log(x) * std::log1p(-x) - power_series(2, 1 - x);
}

double at_one(double s) { return s > 1 ? jts_zeta(s) : inf; }

double at_minus_infinity(double s) {
  if (s == 0) return -1;
  return s > 0 ? -inf : 0;
}

double positive_order(double s, double x) {
  if (std::fabs(x) <= 0.5 || (s >= 8 && x >= -1)) return power_series(s, x);
  if (x > 0 && s == 2) return reflect_dilogarithm(x);
  const double u = std::log(std::fabs(x));
  if (x < -1 && is_whole(s)) return invert_whole(static_cast<int>(s), x);
  if (x < -1 && u > std::max(40.0, s)) return invert_asymptotic(s, x);
  return by_distribution(s, x);
}

double finite_polylog(double s, double x) {
  if (x == 0 || std::fabs(x) * std::exp2(-s) < tiny) return x;
  if (std::fabs(s) < 1e-18) return x / (1 - x);
  if (s == 1) return -std::log1p(-x);
  if (x == 1) return at_one(s);
  if (s >= 0.95) return positive_order(s, x);
  if (x < -1 && is_whole(s)) return is_whole(s / 2) ? -finite_polylog(s, 1 / x) : finite_polylog(s, 1 / x);
  return std::fabs(x) * std::exp2(-s) <= 0.5 ? power_series(s, x) : by_hurwitz(s, x);
}

}  // namespace
}  // namespace jitegral::special

// Real only for x <= 1; at x = 1 it is zeta(s), or infinite for s <= 1.
double jts_polylog(double s, double x) {
  using namespace jitegral::special;
  if (std::isnan(s) || !(x <= 1) || s == -inf) return undefined;
  if (std::isinf(x)) return s == inf ? x : at_minus_infinity(s);
  return s == inf ? x : finite_polylog(s, x);
}
