// Cauchy principal values: the two sides of a pole, or of infinity, folded into one integrand.
#pragma once

#include <optional>

#include "plan/end.h"

namespace jitegral::plan {

struct Folded {
  std::optional<Piece> piece;  // nothing: the sides cancel exactly
  double error = 0;            // what the rounding of the pole's place may do
};

// The limit of the integral over both sides of a pole from `distance` on, as `distance` goes to 0, each side
// up to `length`: f(c+d) + f(c-d) is integrated over d. `below` and `above` are the ends next to the pole, or
// those at -inf and +inf, where the limit is that of symmetric ranges. Nothing where there is no such limit
// (poles of even order), or nobody knows.
std::optional<Folded> fold_pole(const Expr& formula, const Symbol& variable, const End& below,
                                const End& above, double length, const Symbol& t);

}  // namespace jitegral::plan
