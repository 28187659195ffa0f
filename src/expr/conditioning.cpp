#include "expr/conditioning.h"

#include <array>
#include <string_view>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

// In reverse Polish notation, over x.
struct Identity {
  std::string_view from, to;
};
constexpr Identity identities[] = {
    {"1 x tanh x tanh * -", "1 x cosh x cosh * /"},
    {"x tanh x tanh * 1 -", "1 negate x cosh x cosh * /"},
    {"1 x tanh -", "2 x 2 * exp 1 + /"},
    {"1 x tanh +", "2 x -2 * exp 1 + /"},
    {"x tanh 1 +", "2 x -2 * exp 1 + /"},
    {"x tanh 1 -", "-2 x 2 * exp 1 + /"},
    {"1 x cos -", "2 x 0.5 * sin x 0.5 * sin * *"},
    {"x cos 1 -", "-2 x 0.5 * sin x 0.5 * sin * *"},
    {"1 x cos x cos * -", "x sin x sin *"},
    {"1 x sin x sin * -", "x cos x cos *"},
    {"x cosh 1 -", "2 x 0.5 * sinh x 0.5 * sinh * *"},
    {"x exp 1 -", "x expm1"},
    {"1 x exp -", "x expm1 negate"},
    {"1 x + log", "x log1p"},
    {"x 1 + log", "x log1p"},
    {"1 x + sqrt 1 -", "x 1 x + sqrt 1 + /"},
    {"x 1 + sqrt 1 -", "x 1 x + sqrt 1 + /"},
    {"1 x erf -", "x erfc"},
    {"1 x erf +", "x negate erfc"},
};

struct Pattern {
  Expr from;
  std::string_view to;
};

const Symbol& hole() {
  static const Symbol symbol("x");
  return symbol;
}

const auto& patterns() {
  static const auto made = [] {
    std::array<Pattern, std::size(identities)> list;
    const std::array x{Expr::variable(hole())};
    for (std::size_t i = 0; i < list.size(); ++i) list[i] = {expand(identities[i].from, x), identities[i].to};
    return list;
  }();
  return made;
}

// True if `formula` is `pattern` with `x` in the hole; an empty `x` is filled. As deep as our own patterns.
bool matches(const Expr& pattern, const Expr& formula, Expr& x) {
  if (pattern->kind == ExprKind::variable) {
    if (!x) x = formula;
    return x == formula;
  }
  if (pattern == formula) return true;
  if (pattern->kind != formula->kind || pattern->function != formula->function) return false;
  if (pattern->kind != ExprKind::apply) return false;
  for (std::size_t i = 0; i < pattern->arguments.size(); ++i)
    if (!matches(pattern->arguments[i], formula->arguments[i], x)) return false;
  return true;
}

Expr rewritten(const Expr& formula) {
  if (formula->kind != ExprKind::apply) return formula;
  for (const Pattern& pattern : patterns()) {
    Expr x;
    if (pattern.from->function == formula->function && matches(pattern.from, formula, x))
      return expand(pattern.to, std::array{x});
  }
  return formula;
}

}  // namespace

Expr well_conditioned(const Expr& formula) {
  bool changed = false;
  const Expr better = fold<Expr>(formula, [&changed](const Node& node, std::span<const Expr> arguments) {
    const Expr simple = rebuild_simply(node, arguments);
    Expr found = rewritten(simple);
    changed = changed || found != simple;
    return found;
  });
  return changed ? simplify(better) : better;
}

}  // namespace jitegral
