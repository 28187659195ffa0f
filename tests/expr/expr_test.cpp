// Formulas: sharing, folding, simplification, derivatives, printing.
#include "expr/expr.h"

#include <doctest/doctest.h>

#include <cmath>
#include <thread>
#include <vector>

#include "expr/evaluate.h"
#include "expr/expansion.h"
#include "expr/print.h"
#include "expr/rounding.h"
#include "expr/tape.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

double at(const Reading& reading, double x, double y = 0) {
  Bindings bindings;
  bindings.bind(reading.x, x);
  bindings.bind(reading.y, y);
  return evaluate(reading.formula, bindings);
}

const Expr& number(double value) {
  static thread_local Expr last;
  return last = Expr::number(value);
}

TEST_CASE("equal formulas are one node") {
  const Symbol x("x");
  const Expr a = Expr::apply(*functions::find("sin"), {Expr::variable(x)});
  CHECK(a == Expr::apply(*functions::find("sin"), {Expr::variable(x)}));
  CHECK(!(a == Expr::apply(*functions::find("sin"), {Expr::variable(Symbol("x"))})));
  CHECK(!(number(0.0) == Expr::number(-0.0)));
}

TEST_CASE("what simplification gives") {
  const std::pair<const char*, const char*> table[] = {
      {"2*3 + 1", "7"},
      {"1*x", "x"},
      {"x/1", "x"},
      {"x - 0", "x"},
      {"x/4", "x * 0.25"},
      {"-(-x)", "x"},
      {"cos(-x)", "cos(x)"},
      {"sin(-x)", "-sin(x)"},
      {"x^2", "x * x"},
      {"x^1", "x"},
      {"x^0", "1"},
      {"if(1 < 2, x, y)", "x"},
      {"x + -y", "x - y"},
      {"-1*x", "-x"},
      {"sqrt(4)*x", "2 * x"},
      {"x + 0", "x + 0"},
      {"min(x, y, 3)", "min(min(x, y), 3)"},
  };
  for (const auto& [text, wanted] : table) CHECK(to_text(read_formula(text).formula) == wanted);
}

TEST_CASE("a printed formula reads back as the same formula") {
  for (const std::string text : {"x^y^2", "(x^y)^2", "-x^2", "(-x)^y", "x - (y - 1)", "x/(y*2.5)", "x*y/3",
                                 "if(x < y, x, 1e-300)", "x % y + 1", "not (x < y) and x > 1 or y", "2^-x",
                                 "x - -2", "(x < y) < 1", "mod(x, y)*2", "atan2(x, y)"}) {
    const Reading first = read_formula(text);
    const Reading again = read_formula(to_text(first.formula));
    CAPTURE(text);
    CHECK(substitute(again.formula, {{Expr::variable(again.x), Expr::variable(first.x)},
                                     {Expr::variable(again.y), Expr::variable(first.y)}}) == first.formula);
  }
}

// Where each function is smooth enough for a difference quotient.
double comfortable_point(const Function& row, std::size_t argument) {
  if (row.name == "acosh" || row.name == "besselk" || row.name == "bessely")
    return 1.75 + static_cast<double>(argument);
  if (row.name == "atan2" || row.name == "mod") return argument == 0 ? 0.7 : 1.9;
  if (row.name == "if") return argument == 0 ? 1 : 0.6;
  if (row.arity == 2 && argument == 0 && row.derivative[0].empty()) return 2;  // an index
  return argument == 0 ? 0.3 : 0.45;
}

TEST_CASE("the derivative column agrees with difference quotients") {
  int checked = 0;
  for (const Function& row : functions::table()) {
    for (std::size_t i = 0; i < row.arity; ++i) {
      if (row.derivative[i].empty()) continue;
      std::vector<double> point;
      std::vector<Expr> arguments;
      for (std::size_t k = 0; k < row.arity; ++k) {
        point.push_back(comfortable_point(row, k));
        arguments.push_back(Expr::number(point.back()));
      }
      const Expr value = Expr::apply(row, arguments);
      const double slope = evaluate(simplify(expand(row.derivative[i], arguments, value)));
      const double h = 1e-5;
      auto shifted = [&](double step) {
        auto moved = arguments;
        moved[i] = Expr::number(point[i] + step);
        return evaluate(Expr::apply(row, moved));
      };
      CAPTURE(row.name);
      CAPTURE(i);
      CHECK(slope == doctest::Approx((shifted(h) - shifted(-h)) / (2 * h)).epsilon(1e-6));
      ++checked;
    }
  }
  CHECK(checked > 60);
}

TEST_CASE("the chain rule, and what has no derivative") {
  const Reading reading = read_formula("exp(sin(x)*y) + x^3");
  const auto derivative = differentiate(reading.formula, reading.x);
  REQUIRE(derivative);
  Bindings bindings;
  bindings.bind(reading.x, 0.7);
  bindings.bind(reading.y, 1.3);
  const double exact = std::exp(std::sin(0.7) * 1.3) * std::cos(0.7) * 1.3 + 3 * 0.49;
  CHECK(evaluate(*derivative, bindings) == doctest::Approx(exact).epsilon(1e-14));
  const Reading zeta = read_formula("zeta(x)");
  CHECK(!differentiate(zeta.formula, zeta.x));
  CHECK(differentiate(zeta.formula, zeta.y));
}

TEST_CASE("examples of the table are formulas with values") {
  for (const Function& row : functions::table()) {
    CAPTURE(row.name);
    CHECK(std::isfinite(at(read_formula(std::string(row.example)), 0.5)));
  }
}

TEST_CASE("a tape gives evaluate's bits") {
  const Reading reading = read_formula("if(x > 0.5, atan2(x, y), x^1.5) + mod(x, 0.3)*exp(-x*y)");
  const Symbol symbols[] = {reading.x, reading.y};
  const Tape tape(reading.formula, symbols);
  for (double x = 0.05; x < 2; x += 0.05) {
    const double point[] = {x, 0.75};
    CHECK(tape(point) == at(reading, x, 0.75));
  }
}

TEST_CASE("the rounding bound sees cancellation") {
  const Reading bad = read_formula("log(1 + x^2)/x^2");
  const Symbol symbols[] = {bad.x};
  const Tape bound(rounding_bound(bad.formula, bad.x), symbols);
  const double near[] = {1e-5}, far[] = {1.0};
  CHECK(bound(near) > 1e-7);
  CHECK(bound(near) < 1e-5);
  CHECK(bound(far) < 1e-15);
}

TEST_CASE("200,000 terms are built, changed and destroyed without recursion") {
  const Symbol x("x");
  Expr chain = Expr::variable(x);
  for (int i = 0; i < 200'000; ++i)
    chain = Expr::apply(*functions::find("+"), {chain, Expr::number(i + 0.5)});
  CHECK(node_count(chain) > 200'000);
  CHECK(evaluate(substitute(simplify(chain), {{Expr::variable(x), Expr::number(1)}})) > 1e9);
  CHECK(to_text(chain).size() < 10'000);
}

TEST_CASE("sixty doublings stay sixty nodes") {
  Expr doubled = Expr::variable(Symbol("x"));
  for (int i = 0; i < 60; ++i) doubled = Expr::apply(*functions::find("+"), {doubled, doubled});
  CHECK(node_count(simplify(doubled)) == 61);
  CHECK(to_text(doubled).size() < 10'000);
}

TEST_CASE("threads build and drop the same formulas") {
  std::vector<std::thread> threads;
  const Symbol x("x");
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&x] {
      for (int i = 0; i < 2000; ++i) {
        Expr sum = Expr::variable(x);
        for (int k = 0; k < 10; ++k)
          sum = Expr::apply(*functions::find("*"), {sum, Expr::number((i + k) % 5)});
        CHECK(node_count(sum) >= 3);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace jitegral
