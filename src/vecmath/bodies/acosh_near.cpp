// acosh(x) where x >= 1 is not huge; see acosh_core.h.
#include "acosh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_acosh_near(v8 x) {
  const DoubleDouble h = acosh_argument(x - 1);
  return log1p_sum(h.hi, h.lo);
}
