// The floored modulo of Python: x - y floor(x/y), with the sign of y. As exact as fmod; adding y to a
// remainder of the other sign rounds once. mod(x, 0) and mod(infinity, y) are NaN; mod(x, infinity) is x, or
// that infinity if the signs differ. Quotients from 2^53 on take an integer division by bits.
#include "body.h"
#include "cold.h"
#include "mod_core.h"

using namespace jitegral::vecmath;

static inline v8 remainder(v8 a, v8 b) {
  const v8 quotient = a / b;
  const v8 r = remainder(a, b, quotient);
  return any(quotient >= 0x1p53) ? with_cold_part(jtg_cold_mod, r, a, b) : r;
}

VECMATH_BODY v8 jtg_mod(v8 x, v8 y) {
  const v8 a = abs(x), b = abs(y);
  const Mask within = a < b;  // also b infinite
  v8 r = within ? a : remainder(a, b);
  r = ((a == kInf) | (b == 0)) ? kNan : r;
  const Mask other_sign = sign_bit(x) != sign_bit(y);
  r = (other_sign & (r != 0)) ? b - r : r;
  return with_sign(r, y);
}
