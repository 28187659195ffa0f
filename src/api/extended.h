// An integral once more, in extended precision: where the formula's own rounding was what kept it from its
// tolerance. Private to api.
#pragma once

#include <optional>
#include <span>

#include "engine/engine.h"
#include "plan/pieces.h"

namespace jitegral {

// The sum of the integrals of `pieces`, which all have an integrand here. Every panel gets a variable of its
// own, the distance to its beginning, so that the nodes are as exact as the arithmetic. Nothing if a function
// in them has no extended form.
std::optional<engine::Result> integrate_extended(std::span<const plan::Piece> pieces, double error,
                                                 const plan::Options& options,
                                                 const engine::Control& control);

}  // namespace jitegral
