// Where a formula is not analytic on a range: kinks, jumps, branch points, poles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/interval.h"
#include "expr/evaluate.h"
#include "expr/expr.h"

namespace jitegral::analysis {

struct CriticalPoint {
  enum class Kind : std::uint8_t {
    kink,      // a kink or a jump: the formula is analytic on both sides
    singular,  // a branch point or a pole, perhaps removable: see behaviour()
  };
  double at = 0;
  Kind kind = Kind::kink;
  Expr because;  // the subexpression that is critical there
};

struct CriticalPoints {
  std::vector<CriticalPoint> points;  // ascending, inside the range or at its ends, no two at one place
  bool complete = true;               // false: there may be more
};

// Reads the critical places of every function in `formula` off its row and looks for them in `range`, which
// may be unbounded. Points within a few units in the last place of a finite end are that end. The formula has
// no symbol but `variable`.
CriticalPoints critical_points(const Expr& formula, const Symbol& variable, Interval range);

// Centres of peaks that are narrow on the scale of the range, ascending: the roots of what is squared, such
// as x - 3 in exp(-(x-3)^2) or in 1/(1+(x-3)^2), and on unbounded ranges the stationary points of exponents
// and denominators, where the values there say so.
std::vector<double> narrow_peaks(const Expr& formula, const Symbol& variable, Interval range);

// True if no function in `formula` has critical places that depend on `variable`: it is entire, and nothing
// needs to be looked for.
bool is_entire(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::analysis
