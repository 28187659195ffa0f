// log(x) with about 65 significant bits, for pow: 2 atanh(s) with s = f/(2 + f) and the first two terms of
// its series in double-double.
#pragma once

#include "log_core.h"

namespace jitegral::vecmath {

// f/(2 + f)
static inline DoubleDouble atanh_argument(v8 f) {
  const DoubleDouble d = fast_two_sum(2.0, f);
  const v8 inverse = 1 / d.hi;
  const v8 s = f * inverse;
  return {s, fma(-s, d.lo, fma(-s, d.hi, f)) * inverse};
}

// 2 atanh(s) - 2 s. Coefficients: sollya/log.sollya.
static inline DoubleDouble atanh_rest(DoubleDouble s) {
  constexpr double two_thirds = 0x1.5555555555555p-1, two_thirds_lo = 0x1.5555555555555p-55;
  constexpr Polynomial p{0x1.999999999999ap-2, 0x1.249249249238ap-2, 0x1.c71c71c73ed9dp-3,
                         0x1.745d173286a8fp-3, 0x1.3b13b7b83f582p-3, 0x1.110fb310793c4p-3,
                         0x1.e23e92b105813p-4, 0x1.a7bb3182b7573p-4, 0x1.d8bbaed92668cp-4};
  const DoubleDouble z = two_product(s.hi, s.hi);
  const v8 z_lo = fma(2 * s.hi, s.lo, z.lo);
  const DoubleDouble c = fast_two_sum(two_thirds, z.hi * p(z.hi));
  const DoubleDouble cube = two_product(s.hi, z.hi);
  const v8 cube_lo = fma(s.hi, z_lo, fma(s.lo, z.hi, cube.lo));
  const DoubleDouble y = two_product(cube.hi, c.hi);
  return {y.hi, fma(cube.hi, c.lo + two_thirds_lo, fma(cube_lo, c.hi, y.lo))};
}

// log(2^k m)
static inline DoubleDouble log_double_double(const Binary& b) {
  // ln2, the first part short enough for k times it to be exact
  constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_rest = 0x1.ef35793c7673p-45;
  const DoubleDouble s = atanh_argument(b.m - 1);
  const DoubleDouble y = atanh_rest(s);
  const DoubleDouble high = fast_two_sum(b.k * ln2_high, 2 * s.hi);
  const DoubleDouble sum = fast_two_sum(high.hi, y.hi);
  const v8 rest = fma(b.k, ln2_rest, fma(2.0, s.lo, y.lo)) + high.lo;
  return fast_two_sum(sum.hi, sum.lo + rest);
}

}  // namespace jitegral::vecmath
