// log2(x) = k + log(m)/ln(2), with log(m) in two parts; see log_core.h.
#pragma once

#include "log_core.h"

namespace jitegral::vecmath {

static inline v8 log2_sum(const Binary& b) {
  const DoubleDouble l = log_parts(b.m - 1);
  constexpr double inverse = 0x1.71547652b82fep0, inverse_lo = 0x1.777d0ffda0d24p-56;
  const v8 y = l.hi * inverse;
  const v8 rest = fma(l.hi, inverse, -y) + fma(l.lo, inverse, l.hi * inverse_lo);
  const DoubleDouble sum = fast_two_sum(b.k, y);
  return sum.hi + (sum.lo + rest);
}

}  // namespace jitegral::vecmath
