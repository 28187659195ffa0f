// 10^x = 2^n 10^r with x = n log10(2) + r. Coefficients: sollya/exp.sollya.
#pragma once

#include "exp_core.h"

namespace jitegral::vecmath {

constexpr double kLog2Of10 = 0x1.a934f0979a371p1;

static inline v8 exp10_tail(v8 r) {
  constexpr Polynomial p{0x1.53524c73cea75p1,  0x1.0470591de2c5dp1,  0x1.2bd7609fd55dep0,
                         0x1.1429ffd1ec438p-1, 0x1.a7ed70a06053bp-3, 0x1.16e4df728bd35p-4,
                         0x1.411660ab0b4ddp-6, 0x1.48989a3422759p-8, 0x1.2f71f81407ee7p-10,
                         0x1.f9b7ad9154e01p-13};
  return p(r);
}

// 10^(x - n log10(2)) - 1 for the n nearest to x log2(10).
static inline v8 exp10_rest(v8 x, v8 n) {
  constexpr double log10_2 = 0x1.34413509f79ffp-2, log10_2_lo = -0x1.9dc1da994fd21p-59;
  constexpr double ln10 = 0x1.26bb1bbb55516p1, ln10_lo = -0x1.f48ad494ea3e9p-53;
  const v8 r1 = fma(-n, log10_2, x);
  const v8 r = fma(-n, log10_2_lo, r1);
  const v8 lo = fma(-n, log10_2_lo, r1 - r);
  return fma(r, ln10, fma(r * r, exp10_tail(r), fma(r, ln10_lo, lo * ln10)));
}

}  // namespace jitegral::vecmath
