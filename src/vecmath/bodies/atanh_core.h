// atanh(x) = log1p(2 a/(1 - a))/2 with a = |x|, the quotient in double-double; see log1p_core.h.
#pragma once

#include "log1p_core.h"

namespace jitegral::vecmath {

// What log1p is taken of, for a < 1.
static inline DoubleDouble atanh_quotient(v8 a) {
  const v8 d = 1 - a, d_lo = (1 - d) - a;
  const v8 inverse = 1 / d;
  const v8 q = 2 * a * inverse;
  return {q, (fma(-q, d, 2 * a) - q * d_lo) * inverse};
}

}  // namespace jitegral::vecmath
