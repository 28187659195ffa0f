// 10^x for -307 <= x <= 308, where it is a normal number; see exp10_core.h.
#include "body.h"
#include "exp10_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp10_near(v8 x) {
  const NormalPowerOfTwo p = nearest_normal_power(x, kLog2Of10);
  return scale_one_plus(exp10_rest(x, p.n), p);
}
