// Local rules, each exact or within the documented error of the row it replaces.
#include <array>
#include <cmath>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

using I = Instruction;

const Function& row(I instruction) { return functions::operation(instruction); }

bool is(const Expr& expr, I instruction) {
  return expr->kind == ExprKind::apply && expr->function == &row(instruction);
}

bool all_numbers(std::span<const Expr> arguments) {
  for (const Expr& argument : arguments)
    if (!argument.is_number()) return false;
  return true;
}

Expr folded(const Function& function, std::span<const Expr> arguments) {
  std::array<double, 3> values{};
  for (std::size_t i = 0; i < arguments.size(); ++i) values[i] = arguments[i]->value;
  return Expr::number(function.scalar(values.data()));
}

bool is_power_of_two(double value) {
  int exponent = 0;
  return std::isnormal(value) && std::fabs(std::frexp(value, &exponent)) == 0.5 && std::abs(exponent) < 1000;
}

Expr product(const Expr& a, const Expr& b) { return Expr::apply(row(I::multiply), {a, b}); }

Expr quotient(const Expr& a, const Expr& b) { return Expr::apply(row(I::divide), {a, b}); }

// Adding 0 turns -0 into 0, because the power of -0 has no sign.
Expr root(const Expr& x) {
  return Expr::apply(row(I::square_root), {Expr::apply(row(I::add), {x, Expr::number(0)})});
}

// x^n for small multiples n of 1/2: at most three roundings, so inside pow's 2 ulp; the same value at zeros
// and infinities, but for the half powers of minus infinity, where no power is real.
Expr small_power(const Expr& x, const Expr& n) {
  if (n.is_number(1)) return x;
  if (n.is_number(2)) return product(x, x);
  if (n.is_number(3)) return product(product(x, x), x);
  if (n.is_number(4)) return product(product(x, x), product(x, x));
  if (n.is_number(0.5)) return root(x);
  if (n.is_number(1.5)) return product(x, Expr::apply(row(I::square_root), {x}));
  if (n.is_number(2.5)) return product(product(x, x), root(x));
  if (n.is_number(-0.5)) return quotient(Expr::number(1), root(x));
  if (n.is_number(-1)) return quotient(Expr::number(1), x);
  if (n.is_number(0)) return Expr::number(1);
  return {};
}

Expr simplified_instruction(I instruction, std::span<const Expr> a) {
  switch (instruction) {
    case I::subtract:
      return a[1].is_number(0.0) ? a[0] : Expr{};
    case I::add:
      if (is(a[1], I::negate)) return Expr::apply(row(I::subtract), {a[0], a[1]->arguments[0]});
      if (a[0].is_number(-0.0)) return a[1];
      return a[1].is_number(-0.0) ? a[0] : Expr{};
    case I::multiply:
      if (a[0].is_number(1)) return a[1];
      if (a[0].is_number(-1)) return Expr::apply(row(I::negate), {a[1]});
      return a[1].is_number(1) ? a[0] : Expr{};
    case I::divide:
      if (a[1].is_number(1)) return a[0];
      return a[1].is_number() && is_power_of_two(a[1]->value) ? product(a[0], Expr::number(1 / a[1]->value))
                                                              : Expr{};
    case I::negate:
      return is(a[0], I::negate) ? a[0]->arguments[0] : Expr{};
    case I::select:
      if (a[0].is_number()) return a[0]->value != 0 ? a[1] : a[2];
      return a[1] == a[2] ? a[1] : Expr{};
    default:
      return {};
  }
}

// f(-x) = f(x) or -f(x), exact for every body in vecmath and every machine operation.
Expr simplified_parity(const Function& function, const Expr& argument) {
  if (function.parity == Parity::none || !is(argument, I::negate)) return {};
  if (function.instruction == I::negate) return {};
  Expr inner = Expr::apply(function, {argument->arguments[0]});
  return function.parity == Parity::even ? inner : Expr::apply(row(I::negate), {inner});
}

Expr simplified_apply(const Function& function, std::span<const Expr> arguments) {
  static const Function& power = *functions::find("^");
  if (function.lowering == Lowering::host) return {};
  if (all_numbers(arguments)) return folded(function, arguments);
  if (&function == &power) return small_power(arguments[0], arguments[1]);
  if (arguments.size() == 1)
    if (Expr result = simplified_parity(function, arguments[0])) return result;
  return simplified_instruction(function.instruction, arguments);
}

}  // namespace

Expr apply_simply(const Function& function, std::span<const Expr> arguments) {
  if (function.lowering == Lowering::expansion) return expand_simply(function.expansion, arguments);
  const Expr result = simplified_apply(function, arguments);
  return result ? result : Expr::apply(function, arguments);
}

Expr apply_simply(const Function& function, std::initializer_list<Expr> arguments) {
  return apply_simply(function, std::span(arguments.begin(), arguments.size()));
}

Expr rebuild_simply(const Node& node, std::span<const Expr> arguments) {
  if (node.kind == ExprKind::apply)
    if (Expr result = simplified_apply(*node.function, arguments)) return result;
  return rebuild(node, arguments);
}

Expr simplify(const Expr& expr) {
  return expr->arguments.size() == 0 ? expr : fold<Expr>(expr, rebuild_simply);
}

}  // namespace jitegral
