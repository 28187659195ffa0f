// Waves whose amplitude is the rate of their phase: the phase is integrated over.
#pragma once

#include <optional>

#include "plan/pieces.h"

namespace jitegral::plan {

// (k*cos(p) + l*sin(p))*p'(x) over x, with a polynomial p of degree two or more, is k*cos(u) + l*sin(u) over
// u from p(lower) to p(upper): nothing needs to follow the waves in x, nor to round their phase. Nothing for
// other formulas, and for infinite ranges.
std::optional<Pieces> integrate_over_phase(const Expr& formula, const Symbol& variable, const Range& range);

}  // namespace jitegral::plan
