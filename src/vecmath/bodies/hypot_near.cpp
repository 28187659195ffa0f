// sqrt(x^2 + y^2) where nothing overflows, nor is lost: the same bits as hypot.cpp, whose scaling is exact.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_hypot_near(v8 x, v8 y) {
  const v8 a = abs(x), b = abs(y);
  const v8 larger = a > b ? a : b, smaller = a > b ? b : a;
  return sqrt(fma(larger, larger, smaller * smaller));
}
