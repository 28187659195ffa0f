// Is a formula analytic on the real line, as far as its functions tell?
#pragma once

#include "expr/expr.h"

namespace jitegral::analysis {

// True only if every function in `formula` is smooth by its row in the table (poles aside). What is not may
// hide a kink or a jump between the points of a rule, so that agreement of two rules means little.
bool is_smooth(const Expr& formula);

}  // namespace jitegral::analysis
