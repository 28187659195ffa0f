// x - y floor(x/y) for y > 0 and a quotient well below 2^53; see mod.cpp.
#include "body.h"
#include "mod_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_mod_near(v8 x, v8 y) {
  const v8 a = abs(x);
  const v8 r = remainder(a, y, a / y);
  return ((x < 0) & (r != 0)) ? y - r : r;
}
