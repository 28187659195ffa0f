// atanh(x) where |x| < 1; see atanh_core.h.
#include "atanh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atanh_near(v8 x) {
  const DoubleDouble q = atanh_quotient(abs(x));
  return with_sign(0.5 * log1p_sum(q.hi, q.lo), x);
}
