// The smaller of two, a NaN if either is one. Of two equal numbers the second: min(0, -0) = -0, min(-0, 0) =
// 0. Exact.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_min(v8 x, v8 y) {
  const v8 m = x < y ? x : y;
  return x != x ? x : m;
}
