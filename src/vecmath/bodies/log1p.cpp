// log(1 + x): 1 + x = 2^k m, and m - 1 from x itself, so that nothing is lost for small x; see log_core.h.
// At most 0.9 ulp.
#include "body.h"
#include "cold.h"
#include "log_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log1p(v8 x) {
  const Binary b = split_plain(1 + x);
  const v8 s = from_bits(((1023ull + 512) << 52) - (b.shifted & 0xfff0000000000000));  // 2^-k
  const v8 f = fma(s, x, s - 1);
  const v8 lost = fma(s, x, (s - 1) - f);
  const v8 y = from_bits(to_bits(log_sum(b.k, f, fma(-lost, f, lost))) | sign_bit(x));
  if (any_not_plain(b)) [[unlikely]]
    return with_cold_part(jtg_cold_log1p, y, x);
  return y;
}
