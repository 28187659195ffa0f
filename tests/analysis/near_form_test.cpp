// Which calls are proven to need no care.
#include "analysis/near_form.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <utility>

#include "analysis/pairing.h"
#include "expr/print.h"
#include "reading.h"

namespace jitegral::analysis {
namespace {

// What is called without care, in order and separated by semicolons, for x in [lo, hi] and y = 2.
std::string calls(const std::string& text, double lo, double hi) {
  const auto [formula, x, y] = read_formula(text);
  const Known known[] = {{x, {lo, hi}}, {y, Interval::point(2)}};
  const NearForm form = near_form(formula, known);
  CHECK((form.formula == formula) == form.calls.empty());
  std::string all;
  for (const Expr& call : form.calls) all += (all.empty() ? "" : "; ") + to_text(call);
  return all;
}

TEST_CASE("calls whose arguments stay on a part of the domain") {
  CHECK(calls("cos(x)", 0, 100) == "cos(x)");
  CHECK(calls("cos(x)", 0, 1e10) == "");
  CHECK(calls("cos(1e9*x) + sin(x)", 0, 100) == "sin(x)");
  CHECK(calls("exp(-x^2)", -20, 20) == "exp(-(x * x))");
  CHECK(calls("exp(-x^2)", -30, 30) == "");
  CHECK(calls("exp(sin(x)*cos(3*x))", 0, 1e300) == "exp(sin(x) * cos(3 * x))");
  CHECK(calls("log(1 + x)", 0, 1) == "log(1 + x)");
  CHECK(calls("log(x)", 0, 1) == "");
  CHECK(calls("erf(x)", 0, 5) == "erf(x)");
  CHECK(calls("erf(x)", -1, 5) == "");
  CHECK(calls("log(cosh(x)) + tanh(2 + x)", -1, 3) == "log(cosh(x)); tanh(2 + x)");
}

TEST_CASE("parameters have their value, other symbols any") {
  CHECK(calls("exp(y*x)", 0, 100) == "exp(y * x)");
  CHECK(calls("exp(y*x)", 0, 400) == "");
  const Expr call = read_formula("cos(y)").formula;
  CHECK(near_form(call, {}).formula == call);
}

// A nan is not less than a number, nor is an infinity a number that an enclosure speaks of.
TEST_CASE("what may not be a number proves nothing about the other numbers") {
  CHECK(calls("exp(if(log(x) < 1, 1, 1e300))", -1, 1) == "");
  CHECK(calls("exp(if(sqrt(x) < 2, 1, 1e300))", -1, 1) == "");
  CHECK(calls("exp(-sqrt(log(x)^0.5))", 0, 1) == "");
  CHECK(calls("exp(sin(1/x))", 0, 1) == "");
  CHECK(calls("exp(mod(x, 0))", 1, 2) == "");
  CHECK(calls("exp(sqrt(x)) + exp(mod(1, x))", -1, 2) == "");
  CHECK(calls("exp(if(x < 2, 1, 1e300))", -1, 1) == "exp(if(x < 2, 1, 1e+300))");
  CHECK(calls("exp(x)", 0, std::numeric_limits<double>::infinity()) == "");
}

TEST_CASE("sin and cos of one argument are found, alone or without care for huge arguments") {
  const auto count = [](const Expr& formula) { return with_pairs(formula).calls.size(); };
  for (const auto& [text, pairs] : {std::pair{"sin(x)*cos(x)", 1},
                                    {"sin(x)*cos(y)", 0},
                                    {"sin(x)^2 + sin(x)", 0},
                                    {"cos(sin(x))*cos(x) + sin(cos(x)) + cos(cos(x))", 2}}) {
    const auto [formula, x, y] = read_formula(text);
    const Known known[] = {{x, {0, 1}}, {y, {0, 1}}};
    CAPTURE(text);
    CHECK(count(formula) == pairs);
    CHECK(count(near_form(formula, known).formula) == pairs);
    CHECK((with_pairs(formula).formula == formula) == (pairs == 0));
    CHECK(count(with_pairs(formula).formula) == 0);
  }
}

}  // namespace
}  // namespace jitegral::analysis
