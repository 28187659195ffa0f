// 2^x for -1021 <= x <= 1023, where it is a normal number; see exp2_core.h.
#include "body.h"
#include "exp2_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp2_near(v8 x) {
  const NormalPowerOfTwo p = nearest_normal_power(x, 1.0);
  return scale_one_plus(exp2_rest(x - p.n), p);
}
