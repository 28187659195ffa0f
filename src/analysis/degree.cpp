#include "analysis/degree.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "expr/expansion.h"
#include "expr/fold.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
constexpr int most = 64;

int raised(int base, const Expr& exponent) {
  static const auto is_whole = [](double n) { return n >= 0 && n <= most && std::trunc(n) == n; };
  return exponent.is_number() && is_whole(exponent->value) ? base * static_cast<int>(exponent->value) : -1;
}

int degree_of(const Node& node, std::span<const int> below, const Symbol& variable) {
  static const Function& power = *functions::find("^");
  if (node.kind == ExprKind::variable) return node.symbol == variable ? 1 : 0;
  if (node.kind == ExprKind::number) return 0;
  if (node.kind == ExprKind::integral || std::ranges::min(below) < 0) return -1;
  if (std::ranges::max(below) == 0) return 0;
  int found = -1;
  const I instruction = node.function->instruction;
  if (instruction == I::add || instruction == I::subtract) found = std::max(below[0], below[1]);
  if (instruction == I::multiply) found = below[0] + below[1];
  if (instruction == I::divide && below[1] == 0) found = below[0];
  if (instruction == I::negate) found = below[0];
  if (node.function == &power) found = raised(below[0], node.arguments[1]);
  return found <= most ? found : -1;
}

bool is_wave(const Function& function) {
  static const std::array x{Expr::variable(Symbol("x"))};
  static const Function* const sine = expand("x sin", x)->function;
  static const Function* const cosine = expand("x cos", x)->function;
  return &function == sine || &function == cosine;
}

// Whether is_one(node, degrees of its arguments, its degree) holds for any part of the formula.
template <class IsOne>
bool any_part(const Expr& formula, const Symbol& variable, IsOne is_one) {
  bool found = false;
  fold<int>(formula, [&](const Node& node, std::span<const int> below) {
    const int degree = degree_of(node, below, variable);
    found = found || is_one(node, below, degree);
    return degree;
  });
  return found;
}

}  // namespace

int degree(const Expr& formula, const Symbol& variable) {
  return fold<int>(formula, [&](const Node& node, std::span<const int> below) {
    return degree_of(node, below, variable);
  });
}

bool has_degree(int wanted, const Expr& formula, const Symbol& variable) {
  return any_part(formula, variable,
                  [&](const Node&, std::span<const int>, int degree) { return degree == wanted; });
}

bool has_curved_phase(const Expr& formula, const Symbol& variable) {
  return any_part(formula, variable, [](const Node& node, std::span<const int> below, int) {
    return node.kind == ExprKind::apply && is_wave(*node.function) && below[0] >= 2;
  });
}

}  // namespace jitegral::analysis
