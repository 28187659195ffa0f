// What is read off a formula: roots, critical points, orders at an end, waves.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "analysis/critical_points.h"
#include "analysis/local.h"
#include "analysis/roots.h"
#include "analysis/waves.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

std::vector<double> critical(const std::string& text, double a, double b) {
  const Reading reading = read_formula(text);
  std::vector<double> at;
  for (const auto& point : analysis::critical_points(simplify(reading.formula), reading.x, {a, b}).points)
    at.push_back(point.at);
  return at;
}

TEST_CASE("critical points are found, also inside nested functions and far away") {
  CHECK(critical("abs(x - 0.3)", 0, 1) == std::vector{0.3});
  CHECK(critical("sqrt(1 - x^2)", -1, 1) == std::vector{-1.0, 1.0});
  CHECK(critical("exp(sin(abs(x - 1e5)))", -inf, inf) == std::vector{1e5});
  CHECK(critical("floor(exp(x))", 0, 8).size() == 2981 - 1 + 0);
  CHECK(critical("x^3 + exp(x)/3", -5, 5).empty());
  const auto roots = critical("1/sqrt(abs(x^2 + 2*x - 2))", 0, 1);
  REQUIRE(roots.size() == 1);
  CHECK(roots[0] == doctest::Approx(std::sqrt(3.0) - 1).epsilon(1e-15));
}

analysis::Behaviour near(const std::string& text, double from, double side) {
  const Reading reading = read_formula(text);
  const bool infinite = std::isinf(from);
  return analysis::behaviour(simplify(reading.formula), reading.x, {},
                             {.from = infinite ? 0 : from, .side = side, .infinite = infinite}, Symbol("t"));
}

TEST_CASE("orders at an end") {
  CHECK(near("x^-0.9*log(1/x)", 0, 1).order == -0.9);
  CHECK(near("x^-0.9*log(1/x)", 0, 1).logs == 1);
  CHECK(near("1/(sqrt(x) + cbrt(x))", 0, 1).order == doctest::Approx(-1.0 / 3));
  CHECK(near("tan(x)", 1.5707963267948966, -1).order == -1);
  CHECK(near("log(1/x)^(-0.9)", 1, -1).order == doctest::Approx(-0.9));
  CHECK(near("(1 - cos(x))/x^2", 0, 1).limit == doctest::Approx(0.5));
  CHECK(near("x*exp(-x)", inf, 1).order == inf);
  CHECK(near("x^-0.9/(1 + 10*x)^2", inf, 1).order == doctest::Approx(2.9));
  CHECK(near("sin(1/x)/x", 0, 1).kind == analysis::Behaviour::Kind::oscillates);
}

TEST_CASE("next to an end a formula keeps its digits") {
  const Symbol t("t");
  const Reading reading = read_formula("1 - x*x");
  const analysis::Approach below_one{.from = 1, .side = -1};
  const auto f = analysis::behaviour(reading.formula, reading.x, {}, below_one, t);
  const Expr mapped = analysis::mapped_integrand(f, below_one, t);
  Bindings bindings;
  bindings.bind(t, 1e-20);
  CHECK(evaluate(mapped, bindings) == doctest::Approx(2e-20).epsilon(1e-15));
}

TEST_CASE("products of waves are sums of waves") {
  const Reading reading = read_formula("sin(8*x)*sin(50*x)/x + sin(x)^2");
  const auto waves = analysis::waves(reading.formula, reading.x);
  REQUIRE(waves);
  double sum = 0;
  for (const analysis::Wave& wave : *waves) {
    Bindings bindings;
    bindings.bind(reading.x, 0.7);
    sum += evaluate(analysis::to_formula(wave), bindings);
  }
  CHECK(sum == doctest::Approx(std::sin(5.6) * std::sin(35.0) / 0.7 + std::pow(std::sin(0.7), 2)));
  CHECK(waves->size() == 4);
}

}  // namespace
}  // namespace jitegral
