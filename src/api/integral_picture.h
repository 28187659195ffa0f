// The picture that goes with an explanation: a formula over its range, with what was found in it. Private to
// api.
#pragma once

#include <optional>

#include "api/workspace.h"
#include "plan/pieces.h"

namespace jitegral {

// `formula` has no symbol but `variable` and nothing inside that only a run knows: integrals, functions of
// the caller's. `pieces`, if any, are what plan makes of it. An infinite range is drawn where its mass is.
// Nothing if there is no finite value to draw.
std::optional<Picture> picture_of_integral(const Expr& formula, const Symbol& variable,
                                           const plan::Range& range, const plan::Pieces* pieces, int points);

}  // namespace jitegral
