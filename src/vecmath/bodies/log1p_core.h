// log(1 + h + l), for log1p and the inverse hyperbolic functions; see log_core.h.
#pragma once

#include "log_core.h"

namespace jitegral::vecmath {

// log(1 + h + l) + k ln2 for |l| <= ulp(h), without loss for small h.
static inline v8 log1p_sum(v8 h, v8 l, v8 k) {
  const v8 u = 1 + h;
  const Binary b = split_normal(u);
  const v8 s = from_bits((2046 - (b.shifted >> 52)) << 52);  // 2^-k, so that s (1 + h) is the mantissa
  const v8 near = fma(s, h, s - 1);
  const v8 lost = fma(s, h, (s - 1) - near) + s * l;
  const Mask far = u > 0x1p60;
  const v8 f = far ? b.m - 1 : near;
  const v8 rest = far ? 0.0 : fma(-lost, f, lost);
  return at_log_edges(u, log_sum(b.k + k, f, rest));
}

}  // namespace jitegral::vecmath
