// 2^x: see exp2_core.h. At most 0.9 ulp.
#include "body.h"
#include "exp2_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp2(v8 x) {
  x = at_least(at_most(x, 1025.0), -1076.0);
  const PowerOfTwo p = nearest_power(x, 1.0);
  return scale_one_plus(exp2_rest(x - p.n), p);
}
