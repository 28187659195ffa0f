// Differences that lose their digits, written in another way.
#pragma once

#include "expr/expr.h"

namespace jitegral {

// The same function of its variables, simplified, with identities that take the place of cancelling
// differences: 1 - tanh(u)^2 is 1/cosh(u)^2, exp(u) - 1 is expm1(u), and so on. For all real values of the
// variables; the bits are not those of `formula`, so this is for integrals that promise an accuracy, not for
// fixed grids.
Expr well_conditioned(const Expr& formula);

}  // namespace jitegral
