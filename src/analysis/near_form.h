// The same formula for a part of all points, in functions that need not care for the rest.
#pragma once

#include <span>
#include <vector>

#include "base/interval.h"
#include "expr/expr.h"

namespace jitegral::analysis {

// All values that a symbol may have.
struct Known {
  Symbol symbol;
  Interval values;
};

struct NearForm {
  Expr formula;
  std::vector<Expr> calls;  // those that are served by the second row of their function (functions/near.h)
};

// `formula` (without integrals) with second rows for general ones wherever it is proven that they serve,
// which is done by enclosures (functions/enclosures.h) of all subexpressions. Symbols that are not in `known`
// may have any value. At such values, both formulas give the same bits. Thread-safe.
NearForm near_form(const Expr& formula, std::span<const Known> known);

}  // namespace jitegral::analysis
