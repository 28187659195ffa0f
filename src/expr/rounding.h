// What floating point may do to a formula.
#pragma once

#include "expr/expr.h"

namespace jitegral {

// A formula for a bound, to first order, on the absolute rounding error of `formula` where `variable` is
// itself rounded (other symbols are exact): each operation adds the figure of its row, and errors spread by
// the derivatives (running error analysis: Higham, Accuracy and Stability of Numerical Algorithms, 3.3).
// `formula` is simple (transform.h) and has no integrals inside.
Expr rounding_bound(const Expr& formula, const Symbol& variable);

}  // namespace jitegral
