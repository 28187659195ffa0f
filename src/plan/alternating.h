// Integrals to infinity of waves that die away slowly: half periods make an alternating series.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/waves.h"
#include "expr/expr.h"

namespace jitegral::plan {

struct Alternating {
  std::vector<double> ends;     // of the half periods
  std::vector<double> weights;  // the integral is the sum of weight * (integral over the half period)
  double error = 0;             // of the sum, as measured
};

// The integral of `wave` over `variable` from `from` > 0 to infinity: half periods of the phase, summed with
// the weights of H. Cohen, F. Rodriguez Villegas, D. Zagier, "Convergence acceleration of alternating
// series", Exper. Math. 9 (2000), 3-12, algorithm 1. The error is what is measured between two lengths of the
// series. Nothing if the phase is not monotone from there on.
std::optional<Alternating> alternate(const analysis::Wave& wave, const Symbol& variable, double from);

// The integral of a wave to infinity exists if amplitude/rate goes to 0 (integrate by parts).
enum class Fate : std::uint8_t { dies_away, stays, unknown };
Fate fate_of(const analysis::Wave& wave, const Symbol& variable);

}  // namespace jitegral::plan
