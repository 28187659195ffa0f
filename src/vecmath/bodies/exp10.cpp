// 10^x: see exp10_core.h. At most 1.0 ulp.
#include "body.h"
#include "exp10_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp10(v8 x) {
  x = at_least(at_most(x, 309.0), -324.0);
  const PowerOfTwo p = nearest_power(x, kLog2Of10);
  return scale_one_plus(exp10_rest(x, p.n), p);
}
