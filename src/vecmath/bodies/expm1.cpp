// exp(x) - 1 = 2^n w + (2^n - 1) with x = n ln2 + r and w = exp(r) - 1; see exp_core.h.
// At most 1.4 ulp.
#include "body.h"
#include "exp_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_expm1(v8 x) {
  const v8 a = at_least(at_most(x, 710.0), -40.0);
  const v8 n = fma(a, kInverseLn2, kRounder) - kRounder;
  const v8 r1 = fma(-n, kLn2, a);
  const v8 r = fma(-n, kLn2Lo, r1);
  const v8 lo = fma(-n, kLn2Lo, r1 - r);
  const v8 half = power_of_two(n - 1);  // 2^1024 would not do
  const v8 tail = fma(r * r, exp_tail(r), lo);
  const v8 y = 2 * fma(half, tail, fma(half, r, half - 0.5));
  return abs(x) < 0x1p-54 ? x : y;
}
