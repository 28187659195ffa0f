// Functions that are called with the same argument.
#pragma once

#include <array>
#include <vector>

#include "expr/expr.h"

namespace jitegral::analysis {

struct Pairing {
  Expr formula;
  std::vector<std::array<Expr, 2>> calls;
};

// `formula` with the rows of functions/pair.h wherever both functions of a pair are called with one argument,
// and the calls that were: sin(u) and cos(u). Thread-safe.
Pairing with_pairs(const Expr& formula);

}  // namespace jitegral::analysis
