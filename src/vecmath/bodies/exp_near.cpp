// exp(x) for -708 <= x <= 709, where it is a normal number; see exp_core.h.
#include "body.h"
#include "exp_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp_near(v8 x) {
  const NormalPowerOfTwo p = nearest_normal_power(x, kInverseLn2);
  return scale_one_plus(exp_rest(x, p.n), p);
}
