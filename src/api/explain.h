// Why an integral is computed the way it is, in words. Private to api.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "expr/expr.h"
#include "plan/options.h"

namespace jitegral {

// Errors as for running the formula's options and limits; nothing is integrated.
Expected<std::string> explain_formula(const Expr& formula, const plan::Options& defaults);

}  // namespace jitegral
