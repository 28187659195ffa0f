// The special functions against Arb, which encloses the true value: largest error in ulp on the usual range
// of each; then values that must be exact, and arguments that would make a careless implementation hang.
//
// Oscillating functions and those with zeros are measured in ulp of their local amplitude ("scale" below),
// not of the value: next to a zero no relative accuracy is promised.
#include "functions/special.h"

#include <acb.h>
#include <acb_elliptic.h>
#include <arb.h>
#include <arb_hypgeom.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = std::numbers::pi;

// A number of Arb's that frees itself.
class Ball {
 public:
  explicit Ball(double x = 0) {
    arb_init(ball_);
    arb_set_d(ball_, x);
  }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;
  ~Ball() { arb_clear(ball_); }
  operator arb_ptr() { return ball_; }           // NOLINT: stands for arb_t
  operator arb_srcptr() const { return ball_; }  // NOLINT

 private:
  arb_t ball_;
};

using Oracle = std::function<void(arb_ptr result, const Ball& x, slong bits)>;
using Scale = std::function<double(double)>;

double no_scale(double) { return 0; }
double one(double) { return 1; }

// A function of x, its oracle, the range it is used on, and the error allowed there.
struct Row {
  std::string name;
  std::function<double(double)> ours;
  Oracle oracle;
  double low, high, ulp;
  Scale scale = no_scale;
  int points = 1000;
};

// Enclosed tightly enough to tell hundredths of an ulp.
bool enclose(const Oracle& oracle, const Ball& exact_x, arb_ptr result) {
  for (slong bits = 100; bits <= 6400; bits *= 2) {
    oracle(result, exact_x, bits);
    if (arb_rel_accuracy_bits(result) >= 64) return true;
  }
  return false;
}

double unit(double y) {
  int exponent = 0;
  std::frexp(y, &exponent);
  return std::ldexp(1.0, std::max(exponent - 53, -1074));
}

double error_in_ulp(const Row& row, double x) {
  const Ball exact_x(x);
  Ball exact;
  REQUIRE(enclose(row.oracle, exact_x, exact));
  const double value = row.ours(x);
  const double rounded = arf_get_d(arb_midref(static_cast<arb_ptr>(exact)), ARF_RND_NEAR);
  if (value == rounded) return 0.5;
  const Ball ours(value);
  Ball difference;
  arb_sub(difference, ours, exact, 200);
  const double size = std::fabs(arf_get_d(arb_midref(static_cast<arb_ptr>(difference)), ARF_RND_NEAR));
  return size / unit(std::max(std::fabs(rounded), row.scale(x)));
}

void check_row(const Row& row) {
  double worst = 0;
  double where = row.low;
  for (int i = 0; i < row.points; ++i) {
    const double fraction = std::fmod((i + 0.5) * std::numbers::phi, 1.0);
    const double x = row.low + (row.high - row.low) * fraction;
    const double error = error_in_ulp(row, x);
    if (error <= worst) continue;
    worst = error;
    where = x;
  }
  std::printf("%-16s [%g, %g]: %.2f ulp at %.17g\n", row.name.c_str(), row.low, row.high, worst, where);
  CHECK_MESSAGE(worst <= row.ulp, row.name << " at " << where);
}

// Functions that Arb has for complex arguments only.
template <class Function>
Oracle real_part(Function function) {
  return [function](arb_ptr result, const Ball& x, slong bits) {
    acb_t z;
    acb_init(z);
    acb_set_arb(z, x);
    function(z, z, bits);
    arb_set(result, acb_realref(z));
    acb_clear(z);
  };
}

Oracle plain(void (*function)(arb_t, const arb_t, slong)) {
  return [function](arb_ptr result, const Ball& x, slong bits) { function(result, x, bits); };
}

Oracle of_order(void (*function)(arb_t, const arb_t, const arb_t, slong), double n) {
  return [function, n](arb_ptr result, const Ball& x, slong bits) { function(result, Ball(n), x, bits); };
}

Oracle polylog_oracle(double s) {
  return real_part([s](acb_ptr result, acb_srcptr z, slong bits) {
    acb_t order;
    acb_init(order);
    acb_set_d(order, s);
    acb_polylog(result, order, z, bits);
    acb_clear(order);
  });
}

void log_gamma(arb_ptr result, const Ball& x, slong bits) {
  arb_gamma(result, x, bits);
  arb_abs(result, result);
  arb_log(result, result, bits);
}

void beta_half(arb_ptr result, const Ball& x, slong bits) {
  Ball sum;
  arb_add(sum, x, Ball(2.5), bits);
  arb_rgamma(sum, sum, bits);
  arb_gamma(result, x, bits);
  arb_mul(result, result, sum, bits);
  arb_gamma(sum, Ball(2.5), bits);
  arb_mul(result, result, sum, bits);
}

void airy_ai(arb_ptr result, const Ball& x, slong bits) {
  arb_hypgeom_airy(result, nullptr, nullptr, nullptr, x, bits);
}
void airy_bi(arb_ptr result, const Ball& x, slong bits) {
  arb_hypgeom_airy(nullptr, nullptr, result, nullptr, x, bits);
}
void lambert(arb_ptr result, const Ball& x, slong bits) { arb_lambertw(result, x, 0, bits); }

double airy_scale(double x) { return x < -1 ? 1 / std::sqrt(pi * std::sqrt(-x)) : 0; }
double trigonometric_scale(double x) { return x > 0.5 ? 1 / x : 0; }
Scale bessel_scale(double n) {
  return [n](double x) { return x > std::fabs(n) ? std::sqrt(2 / (pi * x)) : 0; };
}

std::vector<Row> elementary_rows() {
  return {
      {"erfinv", jts_erfinv, plain(arb_hypgeom_erfinv), -1, 1, 3},
      {"gamma", jts_gamma, plain(arb_gamma), -20, 171, 5},
      {"lgamma", jts_lgamma, log_gamma, 0, 100, 3},
      {"lgamma", jts_lgamma, log_gamma, -20, 0, 8, one},
      {"digamma", jts_digamma, plain(arb_digamma), 0, 100, 3},
      {"digamma", jts_digamma, plain(arb_digamma), -20, 0, 3, one},
      {"beta(x, 2.5)", [](double x) { return jts_beta(x, 2.5); }, beta_half, 0, 50, 3},
      {"beta(x, 2.5)", [](double x) { return jts_beta(x, 2.5); }, beta_half, -20, 0, 10},
      {"zeta", jts_zeta, plain(arb_zeta), 1, 50, 2},
      {"zeta", jts_zeta, plain(arb_zeta), -100, 1, 5},
      {"Ei", jts_Ei, plain(arb_hypgeom_ei), -50, 0, 5},
      {"Ei", jts_Ei, plain(arb_hypgeom_ei), 0, 100, 8},
      {"Si", jts_Si, plain(arb_hypgeom_si), -100, 100, 4},
      {"Si", jts_Si, plain(arb_hypgeom_si), 0, 4, 4},
      {"Ci", jts_Ci, plain(arb_hypgeom_ci), 0, 4, 8, trigonometric_scale},
      {"Ci", jts_Ci, plain(arb_hypgeom_ci), 0, 100, 8, trigonometric_scale},
      {"lambertw", jts_lambertw, lambert, -0.36, 1, 2},
      {"lambertw", jts_lambertw, lambert, 1, 1e3, 2},
      {"ellipk", jts_ellipk, real_part(acb_elliptic_k), -10, 1, 5},
      {"ellipk", jts_ellipk, real_part(acb_elliptic_k), 0.99, 1, 5},
      {"ellipe", jts_ellipe, real_part(acb_elliptic_e), -10, 1, 8},
      {"ellipe", jts_ellipe, real_part(acb_elliptic_e), 0.99, 1, 8},
      {"airyai", jts_airyai, airy_ai, -30, 0, 2, airy_scale},
      {"airyai", jts_airyai, airy_ai, 0, 100, 2},
      {"airybi", jts_airybi, airy_bi, -30, 0, 2, airy_scale},
      {"airybi", jts_airybi, airy_bi, 0, 100, 2},
  };
}

std::vector<Row> bessel_rows(double n, double high) {
  const std::string order = "(" + std::to_string(n).substr(0, 6) + ", x)";
  return {
      {"J" + order, [n](double x) { return jts_besselj(n, x); }, of_order(arb_hypgeom_bessel_j, n), 0, high,
       64, bessel_scale(n), 80},
      {"Y" + order, [n](double x) { return jts_bessely(n, x); }, of_order(arb_hypgeom_bessel_y, n), 0, high,
       64, bessel_scale(n), 80},
      {"I" + order, [n](double x) { return jts_besseli(n, x); }, of_order(arb_hypgeom_bessel_i, n), 0, high,
       64, no_scale, 80},
      {"K" + order, [n](double x) { return jts_besselk(n, x); }, of_order(arb_hypgeom_bessel_k, n), 0, high,
       64, no_scale, 80},
  };
}

Row polylog_row(double s, double low, double high, const Scale& scale = no_scale) {
  return {"polylog(" + std::to_string(s).substr(0, 6) + ", x)",
          [s](double x) { return jts_polylog(s, x); },
          polylog_oracle(s),
          low,
          high,
          20,
          scale,
          40};
}

}  // namespace

TEST_CASE("special functions are accurate on their usual range") {
  for (const Row& row : elementary_rows()) check_row(row);
}

TEST_CASE("Bessel functions are accurate for small, broken, negative and large orders") {
  for (const double n : {0.0, 1.0, 2.0, 5.0, 20.0, 0.5, 2.5, 1.0 / 3, -0.3, -2.5, -3.0, 100.0}) {
    for (const Row& row : bessel_rows(n, 50)) check_row(row);
  }
}

TEST_CASE("Bessel functions of an order above 1000 are accurate around the turning point") {
  for (Row row : bessel_rows(1500.25, 3000)) {
    row.low = row.name[0] == 'J' || row.name[0] == 'Y' ? 1200 : 700;
    row.high = row.low == 700 ? 1100 : 3000;
    row.points = 15;
    check_row(row);
  }
}

TEST_CASE("polylogarithms are accurate") {
  for (const double s : {2.0, 3.0, 0.5, 1.5, 2.5, 6.0, 0.75}) {
    check_row(polylog_row(s, -1, 1));
    check_row(polylog_row(s, -100, -1));
  }
  for (const double s : {-1.0, -0.5, -2.5}) {
    check_row(polylog_row(s, 0, 1));
    check_row(polylog_row(s, -10, 0, [](double x) { return std::fabs(x) / 10; }));
  }
}

TEST_CASE("special points are exact") {
  CHECK(jts_erfinv(1) == inf);
  CHECK(jts_erfinv(-1) == -inf);
  CHECK(jts_gamma(5) == 24);
  CHECK(jts_gamma(171.7) == inf);
  CHECK(jts_gamma(-0.0) == -inf);
  CHECK(jts_lgamma(1) == 0);
  CHECK(jts_lgamma(-3) == inf);
  CHECK(jts_lgamma(-1e15 - 0.5) == doctest::Approx(-33538776394910719.57).epsilon(1e-15));
  CHECK(jts_digamma(0.0) == -inf);
  CHECK(jts_beta(1, 4) == 0.25);
  CHECK(jts_beta(-0.5, 0.5) == 0);
  CHECK(jts_zeta(2) == doctest::Approx(pi * pi / 6).epsilon(1e-15));
  CHECK(jts_zeta(0) == -0.5);
  CHECK(jts_zeta(-4) == 0);
  CHECK(jts_zeta(1) == inf);
  CHECK(jts_Si(inf) == pi / 2);
  CHECK(jts_Si(-inf) == -pi / 2);
  CHECK(jts_Ci(0) == -inf);
  CHECK(jts_Ci(inf) == 0);
  CHECK(jts_Ei(0) == -inf);
  CHECK(jts_Ei(-inf) == 0);
  CHECK(jts_airyai(1e300) == 0);
  CHECK(jts_airybi(1e300) == inf);
  CHECK(jts_lambertw(-0.36787944117144232) == -1);
  CHECK(jts_lambertw(std::numbers::e) == 1);
  CHECK(jts_ellipk(0) == pi / 2);
  CHECK(jts_ellipk(1) == inf);
  CHECK(jts_ellipk(-inf) == 0);
  CHECK(jts_ellipe(1) == 1);
  CHECK(jts_ellipe(-inf) == inf);
}

TEST_CASE("Bessel functions at zero and at negative arguments and orders") {
  CHECK(jts_besselj(0, 0) == 1);
  CHECK(jts_besselj(3, 0) == 0);
  CHECK(jts_besselj(-0.5, 0) == inf);
  CHECK(jts_bessely(0, 0) == -inf);
  CHECK(jts_besseli(0, 0) == 1);
  CHECK(jts_besselk(2, 0) == inf);
  CHECK(jts_besselj(1, -2) == -jts_besselj(1, 2));
  CHECK(jts_besselj(-1, 2) == -jts_besselj(1, 2));
  CHECK(jts_besselj(-1, -2) == jts_besselj(1, 2));
  CHECK(jts_besselj(2, -2) == jts_besselj(2, 2));
  CHECK(jts_besseli(3, -2) == -jts_besseli(3, 2));
  CHECK(jts_besselk(-2.5, 2) == jts_besselk(2.5, 2));
  CHECK(jts_besselj(0, inf) == 0);
  CHECK(jts_besseli(0, inf) == inf);
  CHECK(jts_bessely(330, 3) == -inf);
  CHECK(jts_besselk(10, 1e-100) == inf);
}

TEST_CASE("polylogarithms at special points") {
  CHECK(jts_polylog(2, 1) == jts_zeta(2));
  CHECK(jts_polylog(0.5, 1) == inf);
  CHECK(jts_polylog(0, 0.5) == 1);
  CHECK(jts_polylog(1, 0.5) == doctest::Approx(std::numbers::ln2).epsilon(1e-15));
  CHECK(jts_polylog(2, -1) == doctest::Approx(-pi * pi / 12).epsilon(1e-15));
  CHECK(jts_polylog(1e300, 0.5) == 0.5);
  CHECK(jts_polylog(2, -inf) == -inf);
  CHECK(jts_polylog(-2, -inf) == 0);
  CHECK(std::isnan(jts_polylog(2, 1.5)));
}

TEST_CASE("outside the domain there is nan") {
  for (const double value :
       {jts_erfinv(1.5), jts_gamma(-2), jts_gamma(-inf), jts_digamma(-2), jts_beta(-1, 2), jts_Ci(-1),
        jts_lambertw(-1), jts_ellipk(2), jts_ellipe(2), jts_besselj(0.5, -1), jts_bessely(0, -1),
        jts_besseli(0.5, -1), jts_besselk(0, -1), jts_besselj(inf, 1), jts_polylog(-inf, 0.5),
        jts_zeta(-inf)}) {
    CHECK(std::isnan(value));
  }
}

namespace {

using OneArgument = double (*)(double);
using TwoArguments = double (*)(double, double);

const std::vector<OneArgument> unary = {jts_erfinv, jts_gamma,  jts_lgamma,  jts_Si,   jts_Ci,
                                        jts_Ei,     jts_airyai, jts_airybi,  jts_zeta, jts_digamma,
                                        jts_ellipk, jts_ellipe, jts_lambertw};
const std::vector<TwoArguments> binary = {jts_besselj, jts_bessely, jts_besseli,
                                          jts_besselk, jts_beta,    jts_polylog};

// Sizes and shapes of numbers at which loops and recurrences get long.
std::vector<double> corners() {
  std::vector<double> values = {0,     5e-324,     1e-310, inf, not_a_number, 171.7,
                                170.6, 1e15 + 0.5, 0.95,   1,   1.7e308};
  for (const int exponent :
       {-300, -150, -100, -20, -9, -3, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 100, 300}) {
    for (const double digits : {1.0, 3.7, 7.77}) values.push_back(digits * std::pow(10.0, exponent));
  }
  const std::size_t positive = values.size();
  for (std::size_t i = 0; i < positive; ++i) values.push_back(-values[i]);
  return values;
}

double seconds_of(const std::function<double()>& call) {
  const auto start = std::chrono::steady_clock::now();
  volatile double value = call();
  (void)value;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

// A budget for a loaded machine and a sanitised build; usually the slowest call takes a fifth of a
// millisecond.
TEST_CASE("every argument is answered at once") {
  const double budget = 0.05;
  const std::vector<double> values = corners();
  double slowest = 0;
  const auto check = [&](const std::function<double()>& call) {
    double time = seconds_of(call);
    if (time > budget / 50) time = std::min(time, seconds_of(call));
    slowest = std::max(slowest, time);
    CHECK(time < budget);
  };
  for (const double x : values) {
    for (const OneArgument f : unary) check([=] { return f(x); });
    for (const double n : values) {
      for (const TwoArguments f : binary) check([=] { return f(n, x); });
    }
  }
  std::printf("slowest call: %.0f us\n", slowest * 1e6);
}

// nan where the value is an infinity or a zero would poison an integral for nothing.
TEST_CASE("inside the domain there is no nan") {
  for (const double n : corners()) {
    for (const double x : corners()) {
      if (!std::isfinite(n) || !(x > 0)) continue;
      for (const TwoArguments f : {jts_besselj, jts_bessely, jts_besseli, jts_besselk}) {
        CHECK_MESSAGE(!std::isnan(f(n, x)), n << ", " << x);
      }
      if (x <= 1) CHECK_MESSAGE(!std::isnan(jts_polylog(n, x)), n << ", " << x);
    }
  }
}
