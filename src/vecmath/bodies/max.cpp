// The larger of two, a NaN if either is one. Of two equal numbers the second: max(0, -0) = -0, max(-0, 0) =
// 0. Exact.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_max(v8 x, v8 y) {
  const v8 m = x > y ? x : y;
  return x != x ? x : m;
}
