// pow(x, y) = exp(y log|x|), the logarithm and the product in double-double, with the special cases of C99
// F.9.4.4. See log_double_double.h and exp_core.h.
// At most 0.9 ulp.
#include "body.h"
#include "exp_core.h"
#include "log_double_double.h"

using namespace jitegral::vecmath;

static inline v8 exp_sum(v8 x, v8 lo) {
  const ExpParts e = exp_parts(at_least(at_most(x, 710.0), -746.0), abs(x) < 800 ? lo : 0.0);
  return scale_one_plus(e.w.hi + e.w.lo, e.power);
}

static inline v8 power_of_magnitude(v8 a, v8 y) {
  DoubleDouble l = log_double_double(a);
  l.hi = a == 0 ? -kInf : a < kInf ? l.hi : a;
  const v8 p = y * l.hi;
  return exp_sum(p, fma(y, l.hi, -p) + y * l.lo);
}

// A negative base: the sign of an odd power, a NaN for a power that is no integer.
static inline v8 with_sign_of_base(v8 x, v8 y, v8 power) {
  const v8 half = 0.5 * y;
  const Mask integer = trunc(y) == y;
  const Mask odd = integer & (trunc(half) != half);
  const v8 signed_power = odd ? with_sign(power, x) : power;
  return (x < 0) & (x > -kInf) & ~integer ? kNan : signed_power;
}

VECMATH_BODY v8 jtg_pow(v8 x, v8 y) {
  const v8 a = abs(x);
  const v8 power = with_sign_of_base(x, y, power_of_magnitude(a, y));
  return (y == 0) | (x == 1) | ((a == 1) & (abs(y) == kInf)) ? 1.0 : power;
}
