// atanh(x): see atanh_core.h.
// At most 1.0 ulp.
#include "atanh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atanh(v8 x) {
  const v8 a = abs(x);
  const DoubleDouble q = atanh_quotient(a);
  return with_sign(0.5 * log1p_sum(q.hi, a < 1 ? q.lo : 0.0, 0.0), x);
}
