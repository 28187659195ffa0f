// pow(x, y) where neither |x| nor the power is tiny or huge; see pow_core.h. All else goes to cold_pow.cpp.
// At most 0.9 ulp.
#include "body.h"
#include "cold.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_pow(v8 x, v8 y) {
  const Binary b = split_plain(abs(x));
  const DoubleDouble l = times_log(y, b);
  v8 power = exp_of_usual_sum(l.hi, l.lo);
  if (any(has_sign(x))) [[unlikely]]
    power = with_sign_of_base(x, y, power);
  if (any_not_plain(b.shifted) || any(~(abs(l.hi) < 708))) [[unlikely]]
    return with_cold_part(jtg_cold_pow, power, x, y);
  return power;
}
