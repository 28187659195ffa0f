// log10(x) = k log10(2) + log(m)/ln(10), with log(m) in two parts; see log_core.h.
#pragma once

#include "log_core.h"

namespace jitegral::vecmath {

static inline v8 log10_sum(const Binary& b) {
  const DoubleDouble l = log_parts(b.m - 1);
  constexpr double inverse = 0x1.bcb7b1526e50ep-2, inverse_lo = 0x1.95355baaafad3p-57;
  const v8 y = l.hi * inverse;
  const v8 rest = fma(l.hi, inverse, -y) + fma(l.lo, inverse, l.hi * inverse_lo);
  // log10(2), the first part short enough for k times it to be exact
  constexpr double log10_2_high = 0x1.34413509f8p-2, log10_2_rest = -0x1.80433b83b532ap-44;
  const DoubleDouble sum = fast_two_sum(b.k * log10_2_high, y);
  return sum.hi + (sum.lo + fma(b.k, log10_2_rest, rest));
}

}  // namespace jitegral::vecmath
