// What a rule says about one panel.
#pragma once

#include <cstddef>

#include "rules/estimate.h"

namespace jitegral::rules {

struct Look {
  Estimate estimate{};  // of the integral; not finite if a value is not
  double floor = 0;     // the part of the error that more points cannot lower: rounding, and the noise of f
  // True if the values do not look like those of an analytic function: no fast fall of coefficients, or of
  // the differences between levels. Kinks, jumps, singularities, noise, unseen waves.
  bool rough = false;
  double left = 0;  // the interpolating polynomial at a and at b …
  double right = 0;
  double blur = 0;    // … and the error it may have there
  double unseen = 0;  // the part of the panel's length between an end and the outermost node
};

// Of values of which one is not finite.
Look not_finite(std::size_t points);

// What rounding does to a rule. 50 eps of the integral of |f| is QUADPACK's. And each node is off by eps/2
// |x| at most, which moves f by as much times f': over the panel that is the total variation of f if all of
// them conspire, and as independent errors three standard deviations are the root of the sum of squares times
// sqrt(3). `magnitude` is the integral of |f|, `farthest` the largest |x|, `variation` and `largest` are the
// sum and the maximum of what f changes by from node to node.
double roundoff(double magnitude, double farthest, double variation, double largest);

}  // namespace jitegral::rules
