// Bounds on the twentieth Taylor coefficient hold it, and are infinite where there is none.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "analysis/taylor.h"
#include "reading.h"

namespace jitegral {
namespace {

double bound(const std::string& text, double a, double b) {
  const Reading reading = read_formula(text);
  return analysis::TaylorBound(reading.formula, reading.x)({a, b});
}

// |exact| is the largest absolute value of the coefficient over the range.
void holds(const std::string& text, double a, double b, double exact, double slack) {
  const double found = bound(text, a, b);
  CHECK_MESSAGE(found >= exact * (1 - 1e-12), text, ": ", found);
  CHECK_MESSAGE(found <= exact * slack, text, ": ", found);
}

TEST_CASE("the coefficient is inside, and not far inside") {
  const double factorial = 2432902008176640000.0;  // 20!
  holds("exp(x)", 0, 1, std::exp(1.0) / factorial, 1.0001);
  holds("sin(3*x)", 0, 2, std::pow(3.0, 20) / factorial, 1.0001);
  holds("1/x", 1, 1.001, 1, 1.1);
  holds("log(x)", 1, 1.001, 1.0 / 20, 1.1);
  holds("sqrt(x)", 4, 4.001, 0.00321463301589 * 2 * std::pow(4.0, -20), 1.2);
  holds("x^20", 0.5, 0.6, 1, 100);
  holds("atan(x)", 0.999, 1.001, std::pow(2.0, -10) / 20, 1000);
  holds("if(x > 0.3, exp(x), 0)", 0.4, 1, std::exp(1.0) / factorial, 1.0001);
  holds("abs(sin(x))", 3.5, 5, 1 / factorial, 1.0001);
  CHECK(bound("x^3 + 2*x", -1, 5) < 1e-300);
  CHECK(bound("floor(x)*x", 2.1, 2.9) < 1e-300);
}

TEST_CASE("nothing is claimed across a kink, a jump, a pole or a branch point") {
  for (const std::string text :
       {"abs(x)", "sign(x)", "floor(x)", "if(x > 0, 1, 0)", "mod(x, 1)", "sqrt(x)", "log(x)", "1/x",
        "tan(x + pi/2)", "x^0.3", "max(x, 0)", "sqrt(x^2)", "gamma(x)"})
    CHECK_MESSAGE(std::isinf(bound(text, -0.5, 0.5)), text);
}

double harmonics(const std::string& text, double a, double b) {
  const Reading reading = read_formula(text);
  return analysis::TaylorBound(reading.formula, reading.x).harmonics(a, b);
}

TEST_CASE("harmonics are bounded, for what is analytic over the whole circle") {
  const double pi = std::numbers::pi;
  // n points are wrong by 2*pi for n = 16 and cos(16*x), by less for exp(cos(x)).
  CHECK(harmonics("cos(16*x)", 0, 2 * pi) >= 2 * pi * std::pow(16.0, 20));
  CHECK(harmonics("cos(16*x)", 0, 2 * pi) <= 100 * pi * std::pow(16.0, 20));
  CHECK(harmonics("exp(cos(x))", 0, 2 * pi) / std::pow(32.0, 20) < 1e-12);
  CHECK(harmonics("1/(2 + cos(x))", 0, 2 * pi) / std::pow(64.0, 20) < 1e-12);
  CHECK(harmonics("7", 0, 1) == 0);
  // Kinks and poles, where the period begins and elsewhere.
  for (const double a : {0.0, 1.0, pi / 2, pi, 3 * pi})
    for (const std::string text :
         {"abs(sin(x))", "1/cos(x)", "tan(x)^2", "abs(cos(x))^3", "sqrt(1 + cos(x))"})
      CHECK_MESSAGE(std::isinf(harmonics(text, a, a + 2 * pi)), text, " from ", a);
}

}  // namespace
}  // namespace jitegral
