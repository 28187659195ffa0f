// pow(x, y) for all arguments, with the special cases of C99 F.9.4.4; see pow_core.h.
#include "body.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

static inline v8 exp_sum(v8 x, v8 lo) {
  const ExpParts e = exp_parts(at_least(at_most(x, 710.0), -746.0), abs(x) < 800 ? lo : 0.0);
  return scale_one_plus(e.w.hi + e.w.lo, e.power);
}

static inline v8 power_of_magnitude(v8 a, v8 y) {
  DoubleDouble l = log_double_double(split(a));
  l.hi = a == 0 ? -kInf : a < kInf ? l.hi : a;
  const v8 p = y * l.hi;
  return exp_sum(p, fma(y, l.hi, -p) + y * l.lo);
}

VECMATH_COLD_BODY void jtg_cold_pow(const v8* args, v8* result) {
  const v8 x = args[0], y = args[1];
  const v8 a = abs(x);
  const v8 power = with_sign_of_base(x, y, power_of_magnitude(a, y));
  *result = ((y == 0) | (x == 1) | ((a == 1) & (abs(y) == kInf))) ? 1.0 : power;
}
