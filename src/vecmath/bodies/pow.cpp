// pow(x, y), with the special cases of C99 F.9.4.4; see pow_core.h.
// At most 0.9 ulp.
#include "body.h"
#include "cold.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_pow(v8 x, v8 y) {
  const v8 a = abs(x);
  const TabledBinary b = split_by_table(a);
  const v8 power = with_sign_of_base(x, y, exp_product(y, log_double_double(a, b)));
  const v8 z = x == 1 ? 1.0 : power;
  if (any_not_plain(b.shifted)) [[unlikely]]
    return with_cold_part(jtg_cold_pow, z, x, y);
  return z;
}
