// 2^x = 2^n 2^r with n the nearest integer. Coefficients: sollya/exp.sollya.
#pragma once

#include "exp_core.h"

namespace jitegral::vecmath {

static inline v8 exp2_tail(v8 r) {
  constexpr Polynomial p{0x1.ebfbdff82c5a1p-3,  0x1.c6b08d704a045p-5,  0x1.3b2ab6fba07a3p-7,
                         0x1.5d87fe78c39c2p-10, 0x1.4309130dc287cp-13, 0x1.ffcbfbc701b42p-17,
                         0x1.62bfc9fbd9333p-20, 0x1.b526547828ac7p-24, 0x1.e617aac626b9p-28,
                         0x1.e7c47484b6fe5p-32};
  return p(r);
}

// 2^r - 1 for |r| <= 1/2.
static inline v8 exp2_rest(v8 r) { return fma(r, kLn2, fma(r * r, exp2_tail(r), r * kLn2Lo)); }

}  // namespace jitegral::vecmath
