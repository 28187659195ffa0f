// erfc(x) around the nearest r = n/256, from a table of erfc(r) and s = 2/sqrt(pi) exp(-r^2): erfc(r + d) =
// erfc(r) - s d (integral of exp(-2 r d t - d^2 t^2) over 0..1). Table: sollya/erfc_table.sollya.
#pragma once

#include "lookup.h"

namespace jitegral::vecmath {

// From here on erfc_tail.h takes over.
constexpr double kErfcTail = 6;

static const v2 kErfcTable[] = {
#include "erfc_table.inc"
};

// The integral less 1, for |d| <= 1/512, by its double series in q = n d and w = d^2.
static inline v8 erfc_integral_rest(v8 q, v8 w) {
  constexpr double h = 1.0 / 128, h2 = h * h, h3 = h2 * h, h4 = h2 * h2;
  const v8 c0 = fma(w, 1.0 / 10, -1.0 / 3);
  const v8 c1 = fma(w, fma(w, -h / 12, h / 4), -h / 2);
  const v8 c2 = fma(w, -h2 / 10, h2 / 6);
  const v8 c3 = fma(w, h3 / 36, -h3 / 24);
  const v8 c4 = fma(w, -h4 / 168, h4 / 120);
  const v8 q2 = q * q;
  const v8 high = fma(q2, h4 * h2 / 5040, fma(q, -h4 * h / 720, c4));
  return fma(q2, fma(q2, high, fma(q, c3, c2)), fma(q, c1, w * c0));
}

// erfc(a) for 0 <= a <= kErfcTail, a NaN for a NaN; in_table is a, or some number of the table for a NaN.
static inline v8 erfc_from_table(v8 a, v8 in_table) {
  const v8 t = fma(in_table, 256.0, kRounder);
  const v8 n = t - kRounder;
  const v8 d = fma(-n, 1.0 / 256, a);
  const Pair at_r = look_up_rounded(kErfcTable, t);
  const v8 integral = fma(d, erfc_integral_rest(n * d, d * d), d);
  return fma(-at_r.second, integral, at_r.first);
}

}  // namespace jitegral::vecmath
