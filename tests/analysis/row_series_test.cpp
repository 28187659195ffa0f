// Rows summed by their Taylor series: as exact as adding up, and only where that can be shown.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "analysis/grid_form.h"
#include "expr/evaluate.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

using analysis::GridForm;
using Real = long double;

constexpr int points = 128;

GridForm form_of(const std::string& text) {
  const Reading reading = read_formula(text);
  GridForm form = analysis::grid_form(simplify(reading.formula), reading.x);
  CAPTURE(text);
  REQUIRE(form.otherwise);
  return form;
}

bool is_valid(const GridForm& form, double middle, double radius, double step) {
  Bindings call;
  call.bind(form.middle, middle);
  call.bind(form.radius, radius);
  call.bind(form.row_length, points * step);
  return evaluate(form.valid, call) != 0;
}

double sum_of_row(const GridForm& form, double first, double step) {
  Bindings at;
  at.bind(form.row, first + form.row_place * step);
  at.bind(form.sums.at(0).symbol, step * points * (points - 1) / 2);
  return evaluate(form.row_sum, at);
}

struct Case {
  const char* text;
  Real (*exact)(Real);
};

constexpr Case cases[] = {
    {"log(1 + x)", [](Real x) { return logl(1 + x); }},
    {"sqrt(x)*atan(x)", [](Real x) { return sqrtl(x) * atanl(x); }},
    {"tanh(x)", tanhl},
    {"x^1.5", [](Real x) { return x * sqrtl(x); }},
    {"x^0.3 + cbrt(x)", [](Real x) { return powl(x, Real(0.3)) + cbrtl(x); }},
    {"erf(x) - 2*erfc(3*x)", [](Real x) { return erfl(x) - 2 * erfcl(3 * x); }},
    {"exp(sin(x)*cos(3*x))/(1 + x^4)",
     [](Real x) { return expl(sinl(x) * cosl(3 * x)) / (1 + x * x * x * x); }},
    {"1/(1 + x^2)", [](Real x) { return 1 / (1 + x * x); }},
    {"exp(-x^2)", [](Real x) { return expl(-x * x); }},
    {"2 - sin(x^2)", [](Real x) { return 2 - sinl(x * x); }},
    {"tan(x)", tanl},
    {"sin(x)/x", [](Real x) { return sinl(x) / x; }},
    {"asin(x/4) + acos(x/5)", [](Real x) { return asinl(x / 4) + acosl(x / 5); }},
    {"asinh(x)*acosh(x + 2) - atanh(x/7)", [](Real x) { return asinhl(x) * acoshl(x + 2) - atanhl(x / 7); }},
    {"log2(x + 3)*log10(2 + x) + log1p(x)", [](Real x) { return log2l(x + 3) * log10l(2 + x) + log1pl(x); }},
    {"sinh(1/x) + cosh(x*x)", [](Real x) { return sinhl(1 / x) + coshl(x * x); }},
    {"exp2(sqrt(x)) + exp10(-1/x) - expm1(-x^3)",
     [](Real x) { return exp2l(sqrtl(x)) + powl(10, -1 / x) - expm1l(-x * x * x); }},
    {"2.5^(x*x) - (-x)^7 + abs(x - 9)",
     [](Real x) { return powl(Real(2.5), x * x) + powl(x, 7) + fabsl(x - 9); }},
    {"sinpi(x^2) + cospi(x^3/9) + 5",
     [](Real x) {
       constexpr Real pi = std::numbers::pi_v<Real>;
       return sinl(pi * x * x) + cosl(pi * x * x * x / 9) + 5;
     }},
    {"x^3", [](Real x) { return x * x * x; }},
    {"x^sqrt(x)", [](Real x) { return powl(x, sqrtl(x)); }},
    {"x < 0.6 ? sqrt(0.7 - x) : sqrt(x)", [](Real x) { return x < 0.6 ? sqrtl(Real(0.7) - x) : sqrtl(x); }},
    {"min(x^2, 1/x) + max(x, exp(x) - 1.5)",
     [](Real x) { return fminl(x * x, 1 / x) + fmaxl(x, expl(x) - 1.5L); }},
    {"(floor(4*x) + 1)*log(x + 2)", [](Real x) { return (floorl(4 * x) + 1) * logl(x + 2); }},
    {"mod(x, 0.3)*x + (not (x >= 0.5) or x > 1)*exp(x)",
     [](Real x) { return (x - Real(0.3) * floorl(x / Real(0.3))) * x + (x < 0.5L || x > 1) * expl(x); }},
    {"(sign(x - 0.7) + 2)/(x + 1) + frac(x)",
     [](Real x) { return (x < Real(0.7) ? 1 : 3) / (x + 1) + x - floorl(x); }},
};

TEST_CASE("a row's sum is that of its terms") {
  constexpr double step = 0x1p-20;
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const GridForm form = form_of(one.text);
    int valid = 0;
    for (double first = 0.125; first < 1.25; first += 0.09375) {
      if (!is_valid(form, first, points * step, step)) continue;
      ++valid;
      Real exact = 0;
      for (int i = 0; i < points; ++i) exact += one.exact(first + i * Real(step));
      CAPTURE(first);
      CHECK(std::fabs(sum_of_row(form, first, step) - exact) <= 1.5e-15L * std::fabs(exact));
    }
    CHECK(valid > 8);
  }
}

// With so long a row that each power of the series counts.
TEST_CASE("all powers of a series are right") {
  constexpr double step = 0x1p-12;
  const Case long_rows[] = {cases[0], cases[2], cases[3], cases[5], cases[6], cases[7], cases[8], cases[12]};
  for (const Case& one : long_rows) {
    const GridForm form = form_of(one.text);
    CAPTURE(one.text);
    for (const double first : {0.4, 0.75}) {
      Real exact = 0;
      for (int i = 0; i < points; ++i) exact += one.exact(first + i * Real(step));
      CHECK(std::fabs(sum_of_row(form, first, step) - exact) <= 1e-12L * std::fabs(exact));
    }
  }
}

TEST_CASE("series of very small and very large numbers lose nothing") {
  for (const Case& one : {Case{"1/x", [](Real x) { return 1 / x; }}, Case{"sqrt(x)", sqrtl},
                          Case{"1e300*x*x", [](Real x) { return 1e300L * x * x; }},
                          Case{"x^-1.5", [](Real x) { return 1 / (x * sqrtl(x)); }}}) {
    const GridForm form = form_of(one.text);
    CAPTURE(one.text);
    for (const double first : {1e-160, 1e-90, 1e-30, 1e30, 1e66, 1e90}) {
      const double step = first * 0x1p-13;
      if (!std::isnormal(static_cast<double>(one.exact(first)))) continue;
      Real exact = 0;
      for (int i = 0; i < points; ++i) exact += one.exact(first + i * Real(step));
      CAPTURE(first);
      CHECK(std::fabs(sum_of_row(form, first, step) - exact) <= 2e-15L * exact);
    }
  }
}

TEST_CASE("where the formula is not analytic, vanishes or varies a lot, nothing is valid") {
  const auto valid = [](const char* text, double middle, double radius) {
    return is_valid(form_of(text), middle, radius, radius / 65536);
  };
  CHECK(valid("1/(x - 0.3)", 0.5, 0.01));
  CHECK(!valid("1/(x - 0.3)", 0.31, 0.01));
  CHECK(!valid("1/(x - 0.3)", 0.3, 0.01));
  CHECK(valid("sqrt(x)", 0.5, 0.1));
  CHECK(!valid("sqrt(x)", 0.05, 0.1));
  CHECK(!valid("sqrt(x)", -0.5, 0.1));
  CHECK(valid("abs(x - 1)", 0.5, 0.1));
  CHECK(!valid("abs(x - 1)", 0.95, 0.1));
  CHECK(!valid("log(x)", 1, 0.01));
  CHECK(!valid("x^3 - x", 1, 0.001));
  CHECK(valid("1 + exp(-(1000*(x - 0.3))^2)", 0.3, 1e-5));
  CHECK(!valid("1 + exp(-(1000*(x - 0.3))^2)", 0.5, 0.25));
  CHECK(!valid("1 + exp(-(1000*(x - 0.3))^2)", 0.3, 0.01));
  CHECK(!valid("1e200*sqrt(1e210*x)", 1, 1e-3));
  CHECK(!valid("tan(x)", std::numbers::pi / 2 + 0.05, 0.1));
  CHECK(!valid("1/(1e-6 + x^2)", 0, 0.01));
  // Bounds that underflow, in whatever direction.
  CHECK(!valid("2 + tanh(1000*(x - 0.3))", 1, 1));
  CHECK(!valid("exp(-x^2)", 30, 5.3));
  CHECK(!valid("1 + 1e300*exp(-x^2)", 30, 5.3));
  CHECK(!valid("0.5^(x^2)", 36, 6));
  CHECK(!valid("1 + 1e300*x^1000.5", 0.47, 0.11));
  CHECK(!valid("1 + 0/(x - 1)", 1, 1));
  CHECK(!valid("asinh(x)", 1.5e154, 4.5e154));
  CHECK(!valid("atan(x)", 1.5e154, 4.5e154));
  CHECK(!valid("mod(x, 1.5e305)/1e306", 1e305, 1.1e305));
  // And that overflow.
  CHECK(!valid("cbrt(sin(sinpi(x)))", 1e5 + 0.3, 300));
  CHECK(!valid("floor(cospi(cospi(x)))", 1e5 + 0.3, 1000));
  CHECK(!valid("x*erfc(x)/cosh(x)", 175, 150));
}

TEST_CASE("pieces are told apart, and where one ends nothing is valid") {
  const auto valid = [](const char* text, double middle) {
    return is_valid(form_of(text), middle, 0.01, 0.01 / 65536);
  };
  for (const char* text :
       {"x < 0.5 ? 1 : exp(-x)", "exp(x) >= exp(0.5) ? sqrt(x - 0.5) : sqrt(0.5 - x)", "min(x, 1 - x)",
        "max(x^2, 0.25)", "floor(2*x) + 1", "round(x) + x", "x*(x > 0.5) + 1", "2 + sign(x - 0.5)*x",
        "mod(x, 0.5) + 1", "not (x > 0.5 and x < 2) ? x : log(x)", "ceil(2*x)*x", "if(abs(x - 0.5), x, 7)"}) {
    CAPTURE(text);
    CHECK(valid(text, 0.4));
    CHECK(valid(text, 0.7));
    CHECK(!valid(text, 0.495));
    CHECK(!valid(text, 0.5));
    CHECK(!valid(text, 0.508));
  }
  CHECK(valid("x < 0.5 ? 0 : x", 0.3));
  CHECK(valid("floor(x)/(1 + x)", 0.3));
}

TEST_CASE("formulas that have no series") {
  for (const char* text : {"besselj(0, x)", "mod(1, x)", "atan2(x, 2)", "hypot(x, 1)", "besselj(x, 1)",
                           "sinc(x)", "x < 1 ? x : gamma(x)", "log(y)"}) {
    const Reading reading = read_formula(text);
    CAPTURE(text);
    CHECK(!analysis::grid_form(simplify(reading.formula), reading.x).otherwise);
  }
}

}  // namespace
}  // namespace jitegral
