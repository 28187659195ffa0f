// exp(x) = 2^n (1 + r + r^2 q(r)) with x = n ln2 + r; see exp_core.h.
// At most 1.1 ulp.
#include "body.h"
#include "exp_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_exp(v8 x) {
  x = at_least(at_most(x, 710.0), -746.0);
  const PowerOfTwo p = nearest_power(x, kInverseLn2);
  return scale_one_plus(exp_rest(x, p.n), p);
}
