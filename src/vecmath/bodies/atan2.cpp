// atan2(y, x): the angle of the point (x, y), with t = (|y| - c |x|)/(|x| + c |y|); see atan_table.h.
// Coordinates of unusual size go to cold_atan2.cpp. At most 1.8 ulp.
#include "atan_core.h"
#include "atan_table.h"
#include "body.h"
#include "cold.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atan2(v8 y, v8 x) {
  const v8 ax = abs(x), ay = abs(y);
  const AtanEntry at = atan_entry(ay<kTanPi10 * ax, ay> kTan3Pi10 * ax);
  const v8 atan_t = atan_near_zero(fma(-at.c, ax, ay) / fma(at.c, ay, ax));
  const v8 left = (kPi - at.atan_c) - (atan_t - kPiLo);
  const v8 result = with_sign(has_sign(x) ? left : at.atan_c + atan_t, y);
  if (any(~(is_plain(ax) & is_plain(ay)))) [[unlikely]]
    return with_cold_part(jtg_cold_atan2, result, y, x);
  return result;
}
