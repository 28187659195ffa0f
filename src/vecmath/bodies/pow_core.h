// pow(x, y) = exp(y log|x|), the logarithm and the product in double-double. See log_double_double.h and
// exp_core.h.
#pragma once

#include "exp_core.h"
#include "log_double_double.h"

namespace jitegral::vecmath {

// exp(y l); for an infinite y, too, even if l is 0.
static inline v8 exp_product(v8 y, DoubleDouble l) {
  y = at_least(at_most(y, 0x1p1000), -0x1p1000);
  const v8 p = y * l.hi;
  const v8 lo = fma(y, l.hi, -p) + y * l.lo;
  const ExpParts e = exp_parts(at_least(at_most(p, 710.0), -746.0), abs(p) < 800 ? lo : 0.0);
  return scale_one_plus(e.w.hi + e.w.lo, e.power);
}

// A negative finite x: the sign of an odd power, a NaN for a power that is no integer. Selects by one
// comparison each, because masks put together from several are dear where vectors are short.
static inline v8 with_sign_of_base(v8 x, v8 y, v8 power) {
  const v8 half = 0.5 * y;
  const Bits odd = trunc(half) != half ? sign_bit(x) : 0;
  const v8 integer_power = flip_sign(power, odd);
  return x < 0 ? (trunc(y) == y ? integer_power : kNan) : integer_power;
}

}  // namespace jitegral::vecmath
