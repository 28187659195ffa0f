// Changes of variable: Expr to Expr, with the Jacobian, written once for all rules.
#pragma once

#include <string_view>

#include "expr/expr.h"
#include "plan/reach.h"

namespace jitegral::plan {

// The same integral over [0, 1] (or over [lower, upper], where the range is finite).
struct Mapped {
  Expr integrand;
  Symbol variable;
  Symbol end;  // a parameter of the integrand: the finite end of the original range, if it has one
  std::string_view because;
};

// x = end ± (1-t)/t, dx = dt/t^2, t in (0, 1]; the whole line is folded to f(x) + f(-x) first (QUADPACK's
// QAGI, Piessens et al. 1983). Near infinity t is the small distance to the end, exact in floating point.
Mapped map_to_finite(const Expr& integrand, const Symbol& variable, Reach reach);

}  // namespace jitegral::plan
