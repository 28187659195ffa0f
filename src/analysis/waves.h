// A formula as a sum of waves: products and powers of sines and cosines taken apart.
#pragma once

#include <optional>
#include <vector>

#include "expr/expr.h"

namespace jitegral::analysis {

// cosine * cos(phase) + sine * sin(phase); without a phase it is `cosine` alone.
struct Wave {
  Expr phase;
  Expr cosine;
  Expr sine;
};

// Amplitudes hold no sine or cosine of anything that depends on `variable`; phases are distinct. Nothing if
// the formula is not such a sum (or one of more than 16 waves).
std::optional<std::vector<Wave>> waves(const Expr& formula, const Symbol& variable);

// The wave as a formula.
Expr to_formula(const Wave& wave);

}  // namespace jitegral::analysis
