// erf(x) around the nearest multiple r of h (about 1/64), from a table of erf(r) and s = 2/sqrt(pi)
// exp(-r^2): erf(r + d) = erf(r) + s d (integral of exp(-2 q t - w t^2) over 0..1), q = r d, w = d^2. Table:
// sollya/erf_table.sollya. At most 1.4 ulp.
#include "body.h"
#include "lookup.h"

using namespace jitegral::vecmath;

static const v2 kErfTable[] = {
#include "erf_table.inc"
};

// The integral less 1, for |d| <= h/2, by its double series in q and w.
static inline v8 erf_integral_rest(v8 q, v8 w) {
  const v8 c0 = fma(w, fma(w, -1.0 / 42, 1.0 / 10), -1.0 / 3);
  const v8 c1 = fma(w, fma(w, -1.0 / 6, 1.0 / 2), -1.0);
  const v8 c2 = fma(w, fma(w, 1.0 / 7, -2.0 / 5), 2.0 / 3);
  const v8 c3 = fma(w, 2.0 / 9, -1.0 / 3);
  const v8 c4 = fma(w, -2.0 / 21, 2.0 / 15);
  const v8 q2 = q * q;
  const v8 high = fma(q2, fma(q, -2.0 / 45, c4), fma(q, c3, c2));
  return fma(q2, high, fma(q, c1, w * c0));
}

VECMATH_BODY v8 jtg_erf(v8 x) {
  constexpr double h = 0x1.f8658p-7, end = 6;  // where erf rounds to 1
  const v8 a = abs(x);
  const v8 t = fma(a < end ? a : end, 1 / h, kRounder);
  const v8 r = (t - kRounder) * h;
  const v8 d = at_most(a, end) - r;
  const Pair at_r = look_up(kErfTable, (to_bits(t) & 0x1ff) << 4);
  const v8 sum = fma(at_r.second, d, at_r.first);
  const v8 lost = fma(at_r.second, d, at_r.first - sum);
  return with_sign(sum + fma(at_r.second * d, erf_integral_rest(r * d, d * d), lost), x);
}
