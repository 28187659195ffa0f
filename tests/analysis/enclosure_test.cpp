// Enclosures hold what they promise to hold: random formulas, random intervals, random points inside.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "agree/random_formula.h"
#include "analysis/enclosure.h"
#include "expr/fold.h"
#include "reading.h"

namespace jitegral {
namespace {

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}
  double fraction() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }
  // Of any size and sign, small ones more often.
  double any() { return (fraction() < 0.5 ? -1 : 1) * std::exp(8 * fraction() - 5); }

 private:
  std::mt19937_64 random_;
};

// The value, or nan if a part of the formula is nan or infinite (some operations make a number of it again):
// nothing is promised where a formula is not defined.
double defined_value(const Expr& formula, double x) {
  return fold<double>(formula, [&](const Node& node, std::span<const double> arguments) {
    for (const double argument : arguments)
      if (!std::isfinite(argument)) return std::nan("");
    if (node.kind == ExprKind::number) return node.value;
    return node.kind == ExprKind::apply ? node.function->scalar(arguments.data()) : x;
  });
}

// The scalar evaluator is itself off by a few units.
bool holds(const Interval& range, double y, double blur) {
  return !std::isfinite(y) || (y >= range.lo - blur && y <= range.hi + blur);
}

void check(const Expr& formula, const Symbol& x, Numbers& numbers, const std::string& text) {
  const analysis::Enclosure enclosure(formula, x, {});
  for (int i = 0; i < 20; ++i) {
    const double a = numbers.any(), b = i % 3 == 0 ? a + 1e-6 * numbers.fraction() : numbers.any();
    const Interval in{std::min(a, b), std::max(a, b)};
    const Interval out = enclosure(in);
    for (int k = 0; k < 8; ++k) {
      const double at = std::lerp(in.lo, in.hi, k == 0 ? 0 : k == 1 ? 1 : numbers.fraction());
      const double y = defined_value(formula, at);
      INFO(text << " over " << in.lo << ".." << in.hi << " gives " << out.lo << ".." << out.hi << ", but at "
                << at << " it is " << y);
      CHECK(holds(out, y, 1e-13 * std::fabs(y)));
    }
  }
}

TEST_CASE("every row has an enclosure, and it holds") {
  Numbers numbers(1);
  for (const Function& row : functions::table()) {
    if (row.lowering == Lowering::expansion) continue;
    REQUIRE((row.enclosure != nullptr));
    const Symbol x("x");
    for (int i = 0; i < 12; ++i) {
      std::vector<Expr> arguments;
      for (int k = 0; k < row.arity; ++k)
        arguments.push_back(k == i % row.arity ? Expr::variable(x)
                                               : Expr::number(i % 2 == 0 ? std::round(4 * numbers.fraction())
                                                                         : numbers.any()));
      const Expr formula = Expr::apply(row, arguments);
      check(formula, x, numbers, std::string(row.name));
    }
  }
}

TEST_CASE("enclosures of random formulas hold") {
  RandomFormula formula(7);
  Numbers numbers(2);
  for (int i = 0; i < 400; ++i) {
    const std::string text = formula(3);
    const Reading reading = read_formula(text);
    check(reading.formula, reading.x, numbers, text);
  }
}

TEST_CASE("squares are tight, and so are monotone functions") {
  const Reading reading = read_formula("exp(-(x*x))");
  const analysis::Enclosure enclosure(reading.formula, reading.x, {});
  const Interval range = enclosure({-2, 1});
  CHECK(range.lo == doctest::Approx(std::exp(-4)).epsilon(1e-12));
  CHECK(range.hi == doctest::Approx(1).epsilon(1e-12));
  CHECK(enclosure({100, INFINITY}).hi < 1e-300);
}

}  // namespace
}  // namespace jitegral
