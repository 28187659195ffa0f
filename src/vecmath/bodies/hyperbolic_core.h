// sinh and cosh share their parts: a = n ln2 + r, the odd and even halves of exp(r), and 2^(n-1), 2^(-n-1),
// so that
//   sinh(a) = (p - q) cosh(r) + (p + q) sinh(r),   cosh(a) = (p + q) cosh(r) + (p - q) sinh(r).
// For n = 0 sinh(a) is sinh(r): small arguments keep their relative accuracy without a branch.
#pragma once

#include "exp_core.h"

namespace jitegral::vecmath {

// sinh(r) = r + sinh_tail, cosh(r) = 1 + cosh_part, for |r| <= ln2/2; both know what r was rounded by.
struct Halves {
  v8 n, r, sinh_tail, cosh_part;
};

// Coefficients: sollya/exp.sollya.
static inline Halves halves(v8 a) {
  constexpr Polynomial odd{0x1.5555555555559p-3, 0x1.111111110f658p-7, 0x1.a01a01b0011f3p-13,
                           0x1.71ddf817fc743p-19, 0x1.af5f192bb80aep-26};
  constexpr Polynomial even{0x1.000000000000bp-1, 0x1.555555555026cp-5, 0x1.6c16c1853b96p-10,
                            0x1.a0199797cff6cp-16, 0x1.28af6eb788b68p-22};
  const v8 n = fma(a, kInverseLn2, kRounder) - kRounder;
  const v8 r1 = fma(-n, kLn2, a);
  const v8 r = fma(-n, kLn2Lo, r1);
  const v8 lo = fma(-n, kLn2Lo, r1 - r);
  const v8 z = r * r;
  return {n, r, fma(odd(z), z * r, lo), fma(even(z), z, lo * r)};
}

// e * (1 + h.cosh_part) + o * (h.r + h.sinh_tail), small terms first.
static inline DoubleDouble combine(v8 e, v8 o, const Halves& h) {
  const v8 main = fma(o, h.r, e);
  const v8 lost = fma(o, h.r, e - main);
  return {main, fma(e, h.cosh_part, fma(o, h.sinh_tail, lost))};
}

}  // namespace jitegral::vecmath
