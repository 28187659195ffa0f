// How fast a formula may vary.
#pragma once

#include "expr/expr.h"

namespace jitegral::analysis {

// A formula over the parameters and `reach` whose value p says of all x with |x| <= reach: `formula` is made
// of polynomials in `variable`, of a degree up to 64, and of factors f(u), none of whose arguments u moves by
// more than p h on a step of h. What is so made cannot hide a spike or a layer from points that lie a few
// 1/p apart. An empty Expr where the structure of the formula shows no such bound. Thread-safe.
Expr pace(const Expr& formula, const Symbol& variable, const Symbol& reach);

}  // namespace jitegral::analysis
