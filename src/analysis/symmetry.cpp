#include "analysis/symmetry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

Parity times(Parity a, Parity b) {
  if (a == Parity::none || b == Parity::none) return Parity::none;
  return a == b ? Parity::even : Parity::odd;
}

Parity of_power(Parity base, const Expr& exponent) {
  if (base == Parity::none || !exponent.is_number() || std::trunc(exponent->value) != exponent->value)
    return Parity::none;
  return std::fmod(exponent->value, 2) == 0 ? Parity::even : base;
}

Parity of_apply(const Node& node, std::span<const Parity> below) {
  static const Function& power = *functions::find("^");
  const Function& f = *node.function;
  if (std::ranges::all_of(below, [](Parity p) { return p == Parity::even; })) return Parity::even;
  if (f.instruction == I::add || f.instruction == I::subtract)
    return below[0] == below[1] ? below[0] : Parity::none;
  if (f.instruction == I::multiply || f.instruction == I::divide) return times(below[0], below[1]);
  if (f.instruction == I::select && below[0] == Parity::even)
    return below[1] == below[2] ? below[1] : Parity::none;
  if (&f == &power) return of_power(below[0], node.arguments[1]);
  if (below.size() != 1 || below[0] == Parity::none) return Parity::none;
  return f.parity;  // of something odd
}

bool is_sum(const Expr& expr) {
  return expr->kind == ExprKind::apply &&
         (expr->function->instruction == I::add || expr->function->instruction == I::subtract);
}

// The sum of a and b, where both are numbers and rounding does nothing.
std::optional<double> exact_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  const double lost = (a - (sum - part)) + (b - part);
  return lost == 0 ? std::optional(sum) : std::nullopt;
}

// (c + u) ± number, number - (c + u): the numbers added up.
Expr gathered(const Expr& sum) {
  if (!is_sum(sum)) return sum;
  const Expr &a = sum->arguments[0], &b = sum->arguments[1];
  const bool minus = sum->function->instruction == I::subtract;
  const auto inner = [](const Expr& e) {
    return is_sum(e) && e->arguments[0].is_number() && e->function->instruction == I::add;
  };
  if (inner(a) && b.is_number())
    if (const auto c = exact_sum(a->arguments[0]->value, minus ? -b->value : b->value))
      return *c == 0 ? a->arguments[1] : expand("x y +", std::array{Expr::number(*c), a->arguments[1]});
  if (a.is_number() && inner(b))
    if (const auto c = exact_sum(a->value, minus ? -b->arguments[0]->value : b->arguments[0]->value)) {
      if (*c == 0) return minus ? expand("x negate", std::array{b->arguments[1]}) : b->arguments[1];
      return expand(minus ? "x y -" : "x y +", std::array{Expr::number(*c), b->arguments[1]});
    }
  return sum;
}

}  // namespace

Parity parity(const Expr& formula, const Symbol& variable) {
  return fold<Parity>(formula, [&](const Node& node, std::span<const Parity> below) {
    if (node.kind == ExprKind::variable) return node.symbol == variable ? Parity::odd : Parity::even;
    if (node.kind == ExprKind::integral) return Parity::none;
    return node.kind == ExprKind::number ? Parity::even : of_apply(node, below);
  });
}

Expr shifted(const Expr& formula, const Symbol& variable, double centre, const Symbol& u) {
  const Expr distance = Expr::variable(u);
  const Expr x = centre == 0 ? distance : expand("x y +", std::array{Expr::number(centre), distance});
  return simplify(fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
    if (node.kind == ExprKind::variable && node.symbol == variable) return x;
    return gathered(rebuild(node, arguments));
  }));
}

}  // namespace jitegral::analysis
