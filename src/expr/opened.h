// A formula with its integrals taken out.
#pragma once

#include <optional>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

struct Opened {
  Expr formula;                // with a slot in the place of each integral
  std::vector<Symbol> slots;   // their values
  std::vector<Symbol> errors;  // and the errors of those, which only `noise` knows
  // A bound on the formula's error from theirs: the sum of |d formula / d slot| * error. Absent if there is
  // no derivative.
  std::optional<Expr> noise;
};

Opened open(const Expr& formula, const std::vector<Expr>& integrals);

}  // namespace jitegral
