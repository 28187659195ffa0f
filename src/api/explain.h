// Why an integral is computed the way it is, in words. Private to api.
#pragma once

#include "api/workspace.h"
#include "base/diagnostic.h"
#include "expr/expr.h"
#include "plan/options.h"

namespace jitegral {

// Adds what is to be said of a formula to `explanation`, and pictures with `points` points; none for 0.
// Errors as for running the formula's options and limits; nothing is integrated.
Expected<void> explain_formula(const Expr& formula, const plan::Options& defaults, int points,
                               Explanation& explanation);

}  // namespace jitegral
