// tanh(x) = e/(e + 1) with e = (exp(2 |x|) - 1)/2, where 2 |x| = n ln2 + r; see exp_core.h. What is rounded
// off the denominator, relative to it, is added to the quotient: 1/(e + 1) = 1 - tanh(x).
// At most 2.3 ulp.
#include "body.h"
#include "exp_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tanh(v8 x) {
  const v8 a = 2 * at_most(abs(x), 22.0);
  const v8 t = fma(a, kInverseLn2, kRounder + 1022);
  const v8 n = t - (kRounder + 1022);
  const v8 r = fma(-n, kLn2Lo, fma(-n, kLn2, a));
  const v8 half_power = from_bits(to_bits(t) << 52);  // 2^(n-1)
  const v8 e = fma(half_power, fma(r * r, exp_tail(r), r), half_power - 0.5);
  const v8 denominator = e + 1, lost = e - (denominator - 1);
  const v8 y = e / denominator;
  return with_sign(fma(y, fma(lost, y, -lost), y), x);
}
