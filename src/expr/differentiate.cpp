// The chain rule over the derivative column of the function table.
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

// A derivative that is being built: absent (not differentiable), or a formula that may be the number 0.
using Derivative = std::optional<Expr>;

const Function& row(Instruction instruction) { return functions::operation(instruction); }

Expr sum(const Expr& a, const Expr& b) {
  if (a.is_number(0)) return b;
  return b.is_number(0) ? a : Expr::apply(row(Instruction::add), {a, b});
}

Expr product(const Expr& a, const Expr& b) {
  if (a.is_number(0) || b.is_number(0)) return Expr::number(0);
  if (a.is_number(1)) return b;
  return b.is_number(1) ? a : Expr::apply(row(Instruction::multiply), {a, b});
}

Derivative chain(const Node& node, std::span<const Derivative> inner) {
  const Expr value = Expr::of(node);
  Expr total = Expr::number(0);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (!inner[i]) return std::nullopt;
    if (inner[i]->is_number(0)) continue;
    if (node.function->derivative[i].empty()) return std::nullopt;
    total =
        sum(total, product(expand_simply(node.function->derivative[i], node.arguments, value), *inner[i]));
  }
  return total;
}

Derivative derivative_of_integral(const Node& node, const Symbol& symbol) {
  const Expr self = Expr::of(node);
  for (const Symbol& free : free_symbols(self))
    if (free == symbol) return std::nullopt;
  return Expr::number(0);
}

}  // namespace

std::optional<Expr> differentiate(const Expr& expr, const Symbol& symbol) {
  Derivative result =
      fold<Derivative>(expr, [&](const Node& node, std::span<const Derivative> inner) -> Derivative {
        switch (node.kind) {
          case ExprKind::number:
            return Expr::number(0);
          case ExprKind::variable:
            return Expr::number(node.symbol == symbol ? 1 : 0);
          case ExprKind::apply:
            return chain(node, inner);
          case ExprKind::integral:
            return derivative_of_integral(node, symbol);
        }
        return std::nullopt;
      });
  return result ? std::optional(simplify(*result)) : std::nullopt;
}

}  // namespace jitegral
