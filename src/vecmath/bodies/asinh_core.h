// asinh(x) = log1p(a + a^2/(1 + sqrt(1 + a^2))) with a = |x|; see log1p_core.h.
#pragma once

#include "log1p_core.h"

namespace jitegral::vecmath {

// What log1p is taken of, for a up to 2^30.
static inline DoubleDouble asinh_argument(v8 a) {
  const v8 square = a * a;
  return fast_two_sum(a, square / (1 + sqrt(1 + square)));
}

}  // namespace jitegral::vecmath
