// atan2(y, x) for coordinates of every size, with the special cases of C99 F.9.1.4; see atan_core.h.
#include "atan_core.h"
#include "body.h"

using namespace jitegral::vecmath;

// A power of two that keeps sums and inverses from overflowing and residuals from vanishing.
static inline v8 scale_for(v8 larger) {
  return larger > 0x1p1000 ? 0x1p-30 : larger < 0x1p300 ? v8(0x1p600) : v8(1.0);
}

// The angle of (x, y) in the first quadrant.
static inline DoubleDouble first_quadrant(v8 y, v8 x) {
  const v8 scale = scale_for(x > y ? x : y);
  const Sector s = sector(y * scale, x * scale);
  const DoubleDouble main = fast_two_sum(s.base, s.t);
  return {main.hi, main.lo + fma(s.base, kPiLo / kPi, atan_rest(s.t) + s.t_lo)};
}

VECMATH_COLD_BODY void jtg_cold_atan2(const v8* args, v8* result) {
  const v8 y = args[0], x = args[1];
  const v8 ax = abs(x), ay = abs(y);
  const Mask far_x = ax == kInf, far_y = ay == kInf, origin = (ax == 0) & (ay == 0);
  const v8 px = far_x | origin ? 1.0 : far_y ? 0.0 : ax;  // an infinite side makes the other a zero
  const v8 py = far_y ? 1.0 : far_x ? 0.0 : ay;
  const DoubleDouble q = first_quadrant(py, px);
  const DoubleDouble left = fast_two_sum(kPi, -q.hi);
  const v8 angle = has_sign(x) ? left.hi + (left.lo + (kPiLo - q.lo)) : q.hi + q.lo;
  const v8 whole = ((x != x) | (y != y)) ? kNan : with_sign(angle, y);
  *result = is_plain(ax) & is_plain(ay) ? *result : whole;
}
