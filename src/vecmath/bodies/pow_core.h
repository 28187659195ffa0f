// pow(x, y) = exp(y log(x)), the logarithm and the product in double-double; see log_double_double.h and
// exp_core.h.
#pragma once

#include "exp_core.h"
#include "log_double_double.h"

namespace jitegral::vecmath {

// exp(x + lo) for a tiny lo and -708 <= x <= 709.
static inline v8 exp_of_usual_sum(v8 x, v8 lo) {
  const NormalPowerOfTwo p = nearest_normal_power(x, kInverseLn2);
  const DoubleDouble w = exp_rest(x, lo, p.n);
  return scale_one_plus(w.hi + w.lo, p);
}

// y log(2^k m)
static inline DoubleDouble times_log(v8 y, const Binary& x) {
  const DoubleDouble l = log_double_double(x);
  const v8 p = y * l.hi;
  return {p, fma(y, l.hi, -p) + y * l.lo};
}

// A negative base: the sign of an odd power, a NaN for a power that is no integer.
static inline v8 with_sign_of_base(v8 x, v8 y, v8 power) {
  const v8 half = 0.5 * y;
  const Mask integer = trunc(y) == y;
  const Mask odd = integer & (trunc(half) != half);
  const v8 signed_power = odd ? with_sign(power, x) : power;
  return (x < 0) & (x > -kInf) & ~integer ? kNan : signed_power;
}

}  // namespace jitegral::vecmath
