// Quadratic polynomials inside formulas.
#pragma once

#include "expr/expr.h"

namespace jitegral::analysis {

// The formula with the square completed in every polynomial of degree two in `variable` whose terms are much
// larger than its extreme value: x*x - 2e4*x + 1e8 is (x - 1e4)*(x - 1e4). Coefficients are numbers, computed
// in 113 bits. Enclosures and rounding profit: the large terms cancel no more.
Expr with_squares_completed(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::analysis
