// atanh(x) = log1p(2 a/(1 - a))/2 with a = |x|, the quotient in double-double; see log1p_core.h.
// At most 1.0 ulp.
#include "body.h"
#include "log1p_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atanh(v8 x) {
  const v8 a = abs(x);
  const v8 d = 1 - a, d_lo = (1 - d) - a;
  const v8 inverse = 1 / d;
  const v8 q = 2 * a * inverse;
  const v8 lo = (fma(-q, d, 2 * a) - q * d_lo) * inverse;
  return with_sign(0.5 * log1p_sum(q, a < 1 ? lo : 0.0, 0.0), x);
}
