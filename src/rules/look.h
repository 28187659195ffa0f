// What a rule says about one panel.
#pragma once

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

}  // namespace jitegral::rules
