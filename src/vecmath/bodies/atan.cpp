// atan(x) = atan(c) + atan(t), t = (|x| - c)/(1 + |x| c); see atan_table.h.
// At most 1.6 ulp.
#include "atan_table.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atan(v8 x) {
  const v8 a = at_most(abs(x), 0x1p100);
  const AtanEntry at = atan_entry(a<kTanPi10, a> kTan3Pi10);
  const v8 t = (a - at.c) / fma(a, at.c, 1.0);
  return with_sign(at.atan_c + atan_near_zero(t), x);
}
