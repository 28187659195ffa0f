#include "analysis/pace.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
constexpr int highest_degree = 64;

// Bounds for |x| <= reach; an empty Expr where there is none.
struct Variation {
  Expr size;   // of the absolute value
  Expr slope;  // of the derivative's absolute value
  Expr pace;
  int degree = 0;

  [[nodiscard]] bool is_fixed() const { return degree == 0 && slope && slope.is_number(0); }
};

Expr expanded(std::string_view rpn, std::initializer_list<Expr> arguments) {
  if (!std::ranges::all_of(arguments, [](const Expr& e) { return static_cast<bool>(e); })) return {};
  return expand_simply(rpn, std::vector(arguments));
}

Expr sum(const Expr& a, const Expr& b) { return expanded("x y +", {a, b}); }

Variation of_product(const Variation& a, const Variation& b) {
  return {expanded("x y *", {a.size, b.size}),
          sum(expanded("x y *", {a.slope, b.size}), expanded("x y *", {a.size, b.slope})),
          sum(a.pace, b.pace), a.degree + b.degree};
}

// By a divisor that does not depend on x.
Variation of_quotient(const Variation& a, const Variation& b) {
  return {expanded("x y /", {a.size, b.size}), expanded("x y /", {a.slope, b.size}), a.pace, a.degree};
}

Variation of_power(const Variation& a, double n) {
  const Expr exponent = Expr::number(n);
  return {expanded("x y pow", {a.size, exponent}),
          expanded("x y 1 - pow y * z *", {a.size, exponent, a.slope}), expanded("x y *", {a.pace, exponent}),
          a.degree * static_cast<int>(n)};
}

Variation of_function(const Function& function, const Variation& a) {
  Variation all;
  const Interval anything = Interval::entire();
  if (const Interval values = function.enclosure(&anything); values.is_bounded())
    all.size = Expr::number(values.largest());
  if (std::isfinite(function.lipschitz))
    all.slope = expanded("x y *", {Expr::number(function.lipschitz), a.slope});
  all.pace = sum(a.slope, a.pace);
  return all;
}

bool is_small_power(const Node& node) {
  static const Function& power = *functions::find("^");
  if (node.function != &power || !node.arguments[1].is_number()) return false;
  const double n = node.arguments[1]->value;
  return n >= 1 && n <= highest_degree && std::trunc(n) == n;
}

Variation of_call(const Node& node, std::span<const Variation> below) {
  const I instruction = node.function->instruction;
  if (instruction == I::negate) return below[0];
  if (instruction == I::add || instruction == I::subtract)
    return {sum(below[0].size, below[1].size), sum(below[0].slope, below[1].slope),
            expanded("x y max", {below[0].pace, below[1].pace}), std::max(below[0].degree, below[1].degree)};
  if (instruction == I::multiply) return of_product(below[0], below[1]);
  if (instruction == I::divide && below[1].is_fixed()) return of_quotient(below[0], below[1]);
  if (is_small_power(node)) return of_power(below[0], node.arguments[1]->value);
  return node.function->arity == 1 ? of_function(*node.function, below[0]) : Variation{};
}

}  // namespace

Expr pace(const Expr& formula, const Symbol& variable, const Symbol& reach) {
  const Expr zero = Expr::number(0);
  return fold<Variation>(formula,
                         [&](const Node& node, std::span<const Variation> below) -> Variation {
                           if (node.kind == ExprKind::integral) return {};
                           if (node.kind == ExprKind::variable && node.symbol == variable)
                             return {Expr::variable(reach), Expr::number(1), zero, 1};
                           if (std::ranges::all_of(below, &Variation::is_fixed))
                             return {expanded("x abs", {Expr::of(node)}), zero, zero, 0};
                           Variation all = of_call(node, below);
                           if (all.degree > highest_degree) all.pace = {};
                           return all;
                         })
      .pace;
}

}  // namespace jitegral::analysis
