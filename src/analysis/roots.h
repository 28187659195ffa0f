// Where a formula is zero, rigorously.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/interval.h"
#include "expr/evaluate.h"
#include "expr/expr.h"

namespace jitegral::analysis {

struct Roots {
  std::vector<double> at;  // ascending, each within a few units in the last place of the root
  bool complete = true;    // false: there may be more than those
};

// The roots of `formula` in the closed `range`, which may be unbounded. Ranges that hold no root are excluded
// by enclosures, ranges that hold one are recognised by the sign of the derivative there, all else is halved
// (E. Hansen, Global Optimization Using Interval Analysis, 1992, chapter 7). Multiple roots are found where
// the formula shows them as powers or products; otherwise they, and formulas that are zero on a whole range,
// leave the result incomplete.
Roots find_roots(const Expr& formula, const Symbol& variable, const Bindings& bindings, Interval range);

// Where the formula is a whole number, at most `limit` places: more leave the result incomplete.
Roots find_whole_values(const Expr& formula, const Symbol& variable, const Bindings& bindings, Interval range,
                        std::size_t limit);

// True if the value of `formula` depends on `variable`.
bool depends_on(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::analysis
