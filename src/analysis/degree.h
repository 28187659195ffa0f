// How a formula depends on a variable: as a polynomial?
#pragma once

#include "expr/expr.h"

namespace jitegral::analysis {

// An upper bound on its degree, as its structure shows it; -1 if it does not show a polynomial, or one of a
// degree above 64.
int degree(const Expr& formula, const Symbol& variable);

// True if that is the bound for the formula or a part of it.
bool has_degree(int wanted, const Expr& formula, const Symbol& variable);

// True if there is a sine or cosine of a polynomial of degree two or more in it.
bool has_curved_phase(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::analysis
