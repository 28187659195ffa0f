// What formulas are rewritten to, and what is read off their structure, agrees with their values.
#include <doctest/doctest.h>

#include <cmath>

#include "analysis/degree.h"
#include "analysis/quadratic.h"
#include "analysis/symmetry.h"
#include "expr/conditioning.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "reading.h"

namespace jitegral {
namespace {

double at(const Expr& formula, const Symbol& variable, double x) {
  Bindings bindings;
  bindings.bind(variable, x);
  return evaluate(formula, bindings);
}

TEST_CASE("cancelling differences keep their value and gain digits") {
  for (const std::string text :
       {"1 - tanh(x)^2", "tanh(x)*tanh(x) - 1", "1 - tanh(x)", "1 + tanh(x)", "tanh(x) + 1", "tanh(x) - 1",
        "1 - cos(x)", "cos(x) - 1", "1 - cos(x)^2", "1 - sin(x)^2", "cosh(x) - 1", "exp(x) - 1", "1 - exp(x)",
        "log(1 + x^2)", "log(x^2 + 1)", "sqrt(1 + x^2) - 1", "sqrt(x^2 + 1) - 1", "1 - erf(x)",
        "1 + erf(x)"}) {
    const Reading reading = read_formula(text);
    const Expr better = well_conditioned(reading.formula);
    CHECK_MESSAGE(better != reading.formula, text);
    for (double x : {-1.7, -0.4, 0.3, 1.1, 2.9})
      CHECK_MESSAGE(
          at(better, reading.x, x) == doctest::Approx(at(reading.formula, reading.x, x)).epsilon(1e-12), text,
          " at ", x, ": ", to_text(better));
  }
  const Reading reading = read_formula("1 - tanh(x)^2");
  CHECK(at(well_conditioned(reading.formula), reading.x, 30) ==
        doctest::Approx(4 * std::exp(-60)).epsilon(1e-13));
}

TEST_CASE("squares are completed where large terms cancel, and only there") {
  const Reading reading = read_formula("exp(-(x*x - 2e4*x + 1e8))");
  CHECK(to_text(analysis::with_squares_completed(reading.formula, reading.x)) ==
        "exp(-((x - 10000) * (x - 10000)))");
  for (const std::string text : {"x*x + 2*x + 7", "x^2 - 1", "sin(3*x + 1)", "x^3 - 300*x^2"}) {
    const Reading other = read_formula(text);
    CHECK_MESSAGE(analysis::with_squares_completed(other.formula, other.x) == other.formula, text);
  }
}

TEST_CASE("parity") {
  const auto parity = [](const std::string& text) {
    const Reading reading = read_formula(text);
    return analysis::parity(reading.formula, reading.x);
  };
  for (const std::string text :
       {"cos(x)", "x*sin(x)", "abs(x)^0.5", "exp(-x^2)/(1 + x^4)", "if(x^2 < 1, 2, 3)", "7"})
    CHECK_MESSAGE(parity(text) == Parity::even, text);
  for (const std::string text : {"sin(x)", "x^3 - tan(x)", "x*exp(-x^2)", "sinh(x)/cosh(x)", "sign(x)"})
    CHECK_MESSAGE(parity(text) == Parity::odd, text);
  for (const std::string text : {"exp(x)", "x + 1", "sin(x) + cos(x)", "x^1.5", "if(x < 1, x, -x)", "log(x)"})
    CHECK_MESSAGE(parity(text) == Parity::none, text);
}

TEST_CASE("about another centre") {
  const Reading reading = read_formula("(x - 2)^3*cos(2 - x)");
  const Symbol u("u");
  CHECK(analysis::parity(analysis::shifted(reading.formula, reading.x, 2, u), u) == Parity::odd);
}

TEST_CASE("periods") {
  const auto period = [](const std::string& text) {
    const Reading reading = read_formula(text);
    return analysis::period(reading.formula, reading.x);
  };
  CHECK(period("sin(3*x + 1)")->wave_number == 3);
  CHECK(period("sin(x)*exp(cos(2*x))")->alternates);
  CHECK(period("sin(x)^2")->wave_number == 2);
  CHECK(!period("sin(x)^2")->alternates);
  CHECK(period("cos(2*x) + sin(3*x)")->wave_number == 1);
  CHECK(!period("cos(2*x) + sin(3*x)")->alternates);
  CHECK(period("abs(sin(x))")->wave_number == 2);
  for (const std::string text : {"x*sin(x)", "sin(x^2)", "sin(x) + sin(pi*x)", "exp(x)", "3"})
    CHECK_MESSAGE(!period(text), text);
}

TEST_CASE("degrees") {
  const auto degree = [](const std::string& text) {
    const Reading reading = read_formula(text);
    return analysis::degree(reading.formula, reading.x);
  };
  CHECK(degree("7") == 0);
  CHECK(degree("3*x + y^2") == 1);
  CHECK(degree("(x - 1)^2*x/4") == 3);
  CHECK(degree("sin(x)") == -1);
  CHECK(degree("1/x") == -1);
}

}  // namespace
}  // namespace jitegral
