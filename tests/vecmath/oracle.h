// The exact value of every function of vecmath, by MPFR, and how far a double is from it.
#pragma once

#include <mpfr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

namespace jitegral::oracle {

// A number of 240 bits, more than enough to see a thousandth of an ulp next to any zero of these functions.
class Real {
 public:
  Real() { mpfr_init2(value_, 240); }
  explicit Real(double x) : Real() { mpfr_set_d(value_, x, MPFR_RNDN); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  ~Real() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }
  mpfr_srcptr get() const { return value_; }

 private:
  mpfr_t value_;
};

using Exact = void (*)(mpfr_ptr out, std::span<const Real> args);

template <int (*Function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)>
void unary(mpfr_ptr out, std::span<const Real> args) {
  Function(out, args[0].get(), MPFR_RNDN);
}

template <int (*Function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)>
void binary(mpfr_ptr out, std::span<const Real> args) {
  Function(out, args[0].get(), args[1].get(), MPFR_RNDN);
}

inline void sinc(mpfr_ptr out, std::span<const Real> args) {
  const mpfr_srcptr x = args[0].get();
  if (mpfr_zero_p(x)) mpfr_set_ui(out, 1, MPFR_RNDN);
  if (mpfr_inf_p(x)) mpfr_set_ui(out, 0, MPFR_RNDN);
  if (mpfr_zero_p(x) || mpfr_inf_p(x)) return;
  Real pi_x;
  mpfr_const_pi(pi_x.get(), MPFR_RNDN);
  mpfr_mul(pi_x.get(), pi_x.get(), x, MPFR_RNDN);
  mpfr_sinpi(out, x, MPFR_RNDN);
  mpfr_div(out, out, pi_x.get(), MPFR_RNDN);
}

inline void sign(mpfr_ptr out, std::span<const Real> args) {
  const mpfr_srcptr x = args[0].get();
  if (mpfr_nan_p(x) || mpfr_zero_p(x))
    mpfr_set(out, x, MPFR_RNDN);
  else
    mpfr_set_si(out, mpfr_sgn(x), MPFR_RNDN);
}

inline void mod(mpfr_ptr out, std::span<const Real> args) {
  const mpfr_srcptr y = args[1].get();
  mpfr_fmod(out, args[0].get(), y, MPFR_RNDN);
  if (!mpfr_nan_p(out) && !mpfr_zero_p(out) && mpfr_signbit(out) != mpfr_signbit(y)) {
    mpfr_add(out, out, y, MPFR_RNDN);
  }
}

template <int (*Function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)>
void nan_or(mpfr_ptr out, std::span<const Real> args) {
  Function(out, args[0].get(), args[1].get(), MPFR_RNDN);
  if (mpfr_nan_p(args[0].get()) || mpfr_nan_p(args[1].get())) mpfr_set_nan(out);
}

struct Row {
  std::string_view name;
  Exact exact;
};

inline constexpr Row kRows[] = {
    {"acos", unary<mpfr_acos>},
    {"acosh", unary<mpfr_acosh>},
    {"asin", unary<mpfr_asin>},
    {"asinh", unary<mpfr_asinh>},
    {"atan", unary<mpfr_atan>},
    {"atan2", binary<mpfr_atan2>},
    {"atanh", unary<mpfr_atanh>},
    {"cbrt", unary<mpfr_cbrt>},
    {"cos", unary<mpfr_cos>},
    {"cosh", unary<mpfr_cosh>},
    {"cospi", unary<mpfr_cospi>},
    {"erf", unary<mpfr_erf>},
    {"erfc", unary<mpfr_erfc>},
    {"exp", unary<mpfr_exp>},
    {"exp10", unary<mpfr_exp10>},
    {"exp2", unary<mpfr_exp2>},
    {"expm1", unary<mpfr_expm1>},
    {"hypot", binary<mpfr_hypot>},
    {"log", unary<mpfr_log>},
    {"log10", unary<mpfr_log10>},
    {"log1p", unary<mpfr_log1p>},
    {"log2", unary<mpfr_log2>},
    {"max", nan_or<mpfr_max>},
    {"min", nan_or<mpfr_min>},
    {"mod", mod},
    {"pow", binary<mpfr_pow>},
    {"sign", sign},
    {"sin", unary<mpfr_sin>},
    {"sinc", sinc},
    {"sinh", unary<mpfr_sinh>},
    {"sinpi", unary<mpfr_sinpi>},
    {"sqrt", unary<mpfr_sqrt>},
    {"tan", unary<mpfr_tan>},
    {"tanh", unary<mpfr_tanh>},
};

// Null for a function that the oracle does not know.
inline Exact find(std::string_view function) {
  const auto row = std::ranges::find(kRows, function, &Row::name);
  return row == std::end(kRows) ? nullptr : row->exact;
}

// |result - exact| in units of the last place of the double nearest to `exact`; an infinite result counts as
// 2^1024.
inline double distance_in_ulps(const Real& exact, double result) {
  Real difference;
  if (std::isinf(result))
    mpfr_set_si_2exp(difference.get(), result > 0 ? 1 : -1, 1024, MPFR_RNDN);
  else
    mpfr_set_d(difference.get(), result, MPFR_RNDN);
  mpfr_sub(difference.get(), difference.get(), exact.get(), MPFR_RNDN);
  const bool zero = mpfr_zero_p(exact.get());
  const mpfr_exp_t exponent = zero ? -1021 : std::clamp<mpfr_exp_t>(mpfr_get_exp(exact.get()), -1021, 1024);
  mpfr_mul_2si(difference.get(), difference.get(), 53 - exponent, MPFR_RNDN);
  return std::fabs(mpfr_get_d(difference.get(), MPFR_RNDN));
}

// The error of `result` as the value of `function` at `args`, in ulps. Infinite where a NaN or an infinity is
// wrong or missing, or the function unknown; 0 where a result beyond all doubles became an infinity. The sign
// of a zero is not looked at.
inline double ulp_error(std::string_view function, std::span<const double> args, double result) {
  constexpr double kWrong = std::numeric_limits<double>::infinity();
  const Exact evaluate = find(function);
  if (evaluate == nullptr || args.empty() || args.size() > 2) return kWrong;
  const std::array<Real, 2> points = {Real(args.front()), Real(args.back())};
  Real exact;
  evaluate(exact.get(), points);
  if (mpfr_nan_p(exact.get()) || std::isnan(result))
    return mpfr_nan_p(exact.get()) && std::isnan(result) ? 0 : kWrong;
  const double nearest = mpfr_get_d(exact.get(), MPFR_RNDN);
  if (nearest == result) return std::isinf(result) ? 0 : distance_in_ulps(exact, result);
  return mpfr_inf_p(exact.get()) ? kWrong : distance_in_ulps(exact, result);
}

}  // namespace jitegral::oracle
