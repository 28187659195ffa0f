#include "expr/rounding.h"

#include <algorithm>
#include <limits>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

constexpr double half_ulp = std::numeric_limits<double>::epsilon() / 2;

Expr absolute(const Expr& x) { return apply_simply(functions::operation(Instruction::absolute), {x}); }

Expr sum(const Expr& a, const Expr& b) {
  if (a.is_number(0)) return b;
  return b.is_number(0) ? a : apply_simply(functions::operation(Instruction::add), {a, b});
}

Expr product(const Expr& a, const Expr& b) {
  return apply_simply(functions::operation(Instruction::multiply), {a, b});
}

Expr rounding_of(const Expr& value, double units) {
  return units == 0 ? Expr::number(0) : product(Expr::number(units * half_ulp), absolute(value));
}

// Operations that pick or flip one of their arguments do not round.
double units(const Function& function) {
  if (function.ulp > 0) return 2 * function.ulp;
  using I = Instruction;
  for (I rounds : {I::add, I::subtract, I::multiply, I::divide, I::square_root})
    if (function.instruction == rounds) return 1;
  return 0;
}

// How much an error of argument i moves the value. Without a derivative in the table: as a relative error
// does.
Expr slope(const Node& node, std::size_t i, const Expr& value) {
  const std::string_view derivative = node.function->derivative[i];
  if (derivative.empty())
    return absolute(apply_simply(functions::operation(Instruction::divide), {value, node.arguments[i]}));
  return absolute(expand_simply(derivative, node.arguments, value));
}

Expr bound_of(const Node& node, std::span<const Expr> below, const Symbol& variable) {
  const Expr value = Expr::of(node);
  if (node.kind == ExprKind::variable) return rounding_of(value, node.symbol == variable ? 1 : 0);
  if (node.kind != ExprKind::apply) return Expr::number(0);
  Expr total = rounding_of(value, units(*node.function));
  for (std::size_t i = 0; i < below.size(); ++i) {
    if (below[i].is_number(0)) continue;
    const Expr factor = slope(node, i, value);
    if (!factor.is_number(0)) total = sum(total, product(factor, below[i]));
  }
  return total;
}

}  // namespace

Expr rounding_bound(const Expr& formula, const Symbol& variable) {
  return fold<Expr>(formula, [&](const Node& node, std::span<const Expr> below) {
    return bound_of(node, below, variable);
  });
}

}  // namespace jitegral
