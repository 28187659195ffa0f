// Formula to formula: pure functions, each a bottom-up walk.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

// Puts `replacement[e]` for every subexpression e that is a key (outermost first is not an issue: keys are
// symbols or integrals, which do not contain each other). Bound variables are unique, so nothing is captured.
Expr substitute(const Expr& expr, const std::unordered_map<Expr, Expr>& replacement);

// Folds constants and drops operations that change nothing, bit for bit: x + 0 stays (it turns -0 into 0),
// x * 1, x / 1, x - 0, x ^ 1, -(-x), if(1, a, b), cos(-x) = cos(x), x / 2^k = x * 2^-k go. Small whole powers
// become products: x^2 exact to rounding, x^3 and x^4 within 1.5 ulp, inside pow's documented error of 2 ulp.
Expr simplify(const Expr& expr);
// What simplify() makes of `function` applied to arguments that are simple already. To build what would only
// be simplified afterwards.
Expr apply_simply(const Function& function, std::span<const Expr> arguments);
Expr apply_simply(const Function& function, std::initializer_list<Expr> arguments);

// The derivative with respect to `symbol`, simplified. Empty if a function has no derivative in the table, or
// where an integral depends on the symbol.
std::optional<Expr> differentiate(const Expr& expr, const Symbol& symbol);

// The symbols that have no binder inside `expr`, in the order in which they are met.
std::vector<Symbol> free_symbols(const Expr& expr);

// The integrals that stand in `expr` but not inside another one's body or limits.
std::vector<Expr> outermost_integrals(const Expr& expr);

// Distinct nodes: the number of operations a kernel would have, roughly.
std::size_t node_count(const Expr& expr);

}  // namespace jitegral
