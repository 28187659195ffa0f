// log2(x) = k + log(m)/ln(2), with log(m) in two parts; see log_core.h.
// At most 0.8 ulp.
#include "body.h"
#include "log_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log2(v8 x) {
  constexpr double inverse = 0x1.71547652b82fep0, inverse_lo = 0x1.777d0ffda0d24p-56;
  const Binary b = split(x);
  const DoubleDouble l = log_parts(b.m - 1);
  const v8 y = l.hi * inverse;
  const v8 rest = fma(l.hi, inverse, -y) + fma(l.lo, inverse, l.hi * inverse_lo);
  const DoubleDouble sum = fast_two_sum(b.k, y);
  return at_log_edges(x, sum.hi + (sum.lo + rest));
}
