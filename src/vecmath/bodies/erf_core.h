// erf(x) around the nearest multiple r = n h of h (about 1/256), from a table of erf(r) and s = 2/sqrt(pi)
// exp(-r^2): erf(r + d) = erf(r) + s d (integral of exp(-2 r d t - d^2 t^2) over 0..1). Table:
// sollya/erf_table.sollya.
#pragma once

#include "lookup.h"

namespace jitegral::vecmath {

static const v2 kErfTable[] = {
#include "erf_table.inc"
};

constexpr double kErfSpacing = 0x1.01591p-8;
constexpr double kErfEnd = 5.93;  // where erf rounds to 1, and the table ends

// The integral less 1, for |d| <= h/2, by its double series in q = n d and w = d^2.
static inline v8 erf_integral_rest(v8 q, v8 w) {
  constexpr double h = kErfSpacing, h2 = h * h, h3 = h2 * h, h4 = h2 * h2;
  const v8 c0 = fma(w, 1.0 / 10, -1.0 / 3);
  const v8 c1 = fma(w, h / 2, -h);
  const v8 c2 = fma(w, -h2 * 2 / 5, h2 * 2 / 3);
  const v8 c = fma(q, fma(q, h4 * 2 / 15, -h3 / 3), c2);
  return fma(q, fma(q, c, c1), w * c0);
}

// erf(a) for 0 <= a <= kErfEnd, a NaN for a NaN, -0 for -0; in_table is a, or some number of the table for a
// NaN.
static inline v8 erf_from_table(v8 a, v8 in_table) {
  const v8 t = fma(in_table, 1 / kErfSpacing, kRounder);
  const v8 n = t - kRounder;
  const v8 d = fma(-n, kErfSpacing, a);
  const Pair at_r = look_up_rounded(kErfTable, t);
  const v8 integral = fma(d, erf_integral_rest(n * d, d * d), d);
  return fma(at_r.second, integral, at_r.first);
}

}  // namespace jitegral::vecmath
