// pow where |x| is tiny or huge, zero, infinite or a NaN; see pow_core.h.
#include "body.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_pow(const v8* args, v8* result) {
  const v8 x = args[0], y = args[1], a = abs(x);
  const Scaled plain = scaled(a);
  TabledBinary b = split_by_table(plain.x);
  b.k += plain.k;
  DoubleDouble l = log_double_double(plain.x, b);
  l.hi = a == 0 ? -kInf : a < kInf ? l.hi : a;
  const v8 power = exp_product(y, l);
  const v8 signed_power = with_sign_of_base(x, y, power);
  const Mask root_of_end = (trunc(y) != y) & ((a == 0) | (a == kInf));
  const v8 z = root_of_end ? power : signed_power;
  *result = where_plain(a, *result, y == 0 ? 1.0 : z);
}
