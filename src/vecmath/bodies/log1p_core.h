// log(1 + h + l), for log1p and the inverse hyperbolic functions; see log_core.h.
#pragma once

#include "log_core.h"

namespace jitegral::vecmath {

// 1 + h + l = 2^k (1 + f + rest), for a normal 1 + h
struct Log1pParts {
  v8 u, k, m;  // the rounded 1 + h, and its binary parts
  v8 f, rest;
};

static inline Log1pParts log1p_parts(v8 h, v8 l) {
  const v8 u = 1 + h;
  const Binary b = split_normal(u);
  const v8 s = from_bits((2046 - (b.shifted >> 52)) << 52);  // 2^-k, so that s (1 + h) is the mantissa
  const v8 f = fma(s, h, s - 1);
  const v8 lost = fma(s, h, (s - 1) - f) + s * l;
  return {u, b.k, b.m, f, fma(-lost, f, lost)};
}

// log(1 + h + l) + k ln2 for |l| <= ulp(h), without loss for small h.
static inline v8 log1p_sum(v8 h, v8 l, v8 k) {
  const Log1pParts p = log1p_parts(h, l);
  const Mask far = p.u > 0x1p60;
  return at_log_edges(p.u, log_sum(p.k + k, far ? p.m - 1 : p.f, far ? 0.0 : p.rest));
}

// log(1 + h + l) for a normal 1 + h up to 2^60.
static inline v8 log1p_sum(v8 h, v8 l) {
  const Log1pParts p = log1p_parts(h, l);
  return log_sum(p.k, p.f, p.rest);
}

}  // namespace jitegral::vecmath
