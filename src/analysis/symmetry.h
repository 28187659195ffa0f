// Symmetries that a formula shows in its structure.
#pragma once

#include "expr/expr.h"

namespace jitegral::analysis {

// f(-x) = f(x) or -f(x), as the parities of the functions in it and the rules of sums, products and powers
// tell; formulas whose symmetry needs an identity to be seen are `none`. Constants are even.
Parity parity(const Expr& formula, const Symbol& variable);

// The formula with x = centre + u, so that parity() and period() speak of its symmetry about `centre`: sums
// with the centre are added up where that is exact.
Expr shifted(const Expr& formula, const Symbol& variable, double centre, const Symbol& u);

}  // namespace jitegral::analysis
