// The remainder of a division of which the quotient is known.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// a modulo b for a, b >= 0 and the rounded a/b, below 2^53. It may be one too large or too small when cut;
// the products by fma are exact.
static inline v8 remainder(v8 a, v8 b, v8 quotient) {
  const v8 first = fma(-trunc(quotient), b, a);
  return first < 0 ? first + b : first >= b ? first - b : first;
}

}  // namespace jitegral::vecmath
