// A range divided where the formula is not analytic, each part with what its ends ask for.
#pragma once

#include <optional>

#include "plan/pieces.h"

namespace jitegral::plan {

// divide() of pieces.h without what looks at the formula as a whole (phases, squares, symmetry). Nothing if
// there is an end that nobody understands.
std::optional<Pieces> divide_at_critical_points(const Expr& formula, const Symbol& variable,
                                                const Range& range);

}  // namespace jitegral::plan
