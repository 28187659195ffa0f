// How fast a formula may vary, read off its structure.
#include "analysis/pace.h"

#include <doctest/doctest.h>

#include <string>

#include "expr/evaluate.h"
#include "reading.h"

namespace jitegral::analysis {
namespace {

// The pace of a formula for |x| <= 3 and y = -2; -1 if there is none.
double pace_of(const std::string& text) {
  const auto [formula, x, y] = read_formula(text);
  const Symbol reach("reach");
  const Expr found = pace(formula, x, reach);
  if (!found) return -1;
  Bindings at;
  at.bind(reach, 3);
  at.bind(y, -2);
  return evaluate(found, at);
}

TEST_CASE("polynomials have none, waves and exponentials that of their arguments") {
  CHECK(pace_of("3") == 0);
  CHECK(pace_of("x^5 - 2*x") == 0);
  CHECK(pace_of("cos(x)*x") == 1);
  CHECK(pace_of("exp(-5*x)/y") == 5);
  CHECK(pace_of("exp(y*x)") == 2);
  CHECK(pace_of("exp(-x^2)") == 6);
  CHECK(pace_of("sin(10*x)*exp(x) + cos(x)") == 11);
  CHECK(pace_of("cos(2*x - y*sin(x))") == 5);
}

TEST_CASE("what may be steeper than any number has none") {
  CHECK(pace_of("x^1000") == -1);
  CHECK(pace_of("exp(exp(x))") == -1);
  CHECK(pace_of("exp(1/x)") == -1);
}

}  // namespace
}  // namespace jitegral::analysis
