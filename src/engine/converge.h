// THE convergence test. Nobody else decides that an answer is good enough.
#pragma once

#include "engine/engine.h"
#include "rules/estimate.h"

namespace jitegral::engine {

// True if the estimate may be promised: its error is within the tolerance, or its value is zero as far as
// double precision can tell (converge.cpp says what that means).
bool converged(const Estimate& estimate, const Tolerance& tolerance);

}  // namespace jitegral::engine
