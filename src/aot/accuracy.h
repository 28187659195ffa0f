// What a precompiled function promises, for those who read its description. Private to aot.
#pragma once

#include <string>

#include "expr/expr.h"

namespace jitegral::aot {

// Lines about rounding, domains and the tolerance of integrals inside, each behind `indent`.
std::string accuracy(const Expr& formula, const std::string& indent);

}  // namespace jitegral::aot
