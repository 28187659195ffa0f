// erfc(x) = exp(-x^2) g(t)/(1 + 2 x) with a polynomial g in t = (x - 3)/(x + 3), after Shepherd & Laframboise
// (1981): where erfc_core.h has no table. Coefficients: sollya/erfc_tail.sollya.
#pragma once

#include "exp_core.h"

namespace jitegral::vecmath {

// g(t)/(1 + 2 a) for a in [1/2, 28]
static inline DoubleDouble scaled_erfc(v8 a) {
  constexpr double first = 0x1.40c522d7e4987p0, first_lo = 0x1.a153dc56d212cp-55;
  constexpr Polynomial rest{
      -0x1.15c084bb9e8f3p-3,  -0x1.85a15c58aa612p-5,  0x1.098366a5b46e5p-3,  -0x1.e88b803a48944p-4,
      0x1.17ca2877f02f3p-4,   -0x1.8574c40c1559p-6,   0x1.4b884e46a7221p-9,  0x1.ef1bdd87d55f4p-10,
      -0x1.98db519c3d17bp-11, -0x1.b91296071716dp-14, 0x1.065a48f0bd24dp-13, 0x1.4c2f9ce01b7fep-18,
      -0x1.513e4543a22cap-16, -0x1.896f7c0911cd9p-21, 0x1.d259d177dac88p-19, 0x1.8179aff39d0b3p-22,
      -0x1.4d7d872c6d147p-21, -0x1.339b368311bbdp-23, 0x1.cf60300835294p-24, 0x1.63592c841fa6cp-25,
      -0x1.3415f078d8f98p-26, -0x1.d2f3868c59205p-28, 0x1.5bc949dd3bf9cp-29};
  const v8 d = a + 3;
  const DoubleDouble e = fast_two_sum(2 * a, 1.0);
  const v8 inverse = 1 / (d * e.hi);  // one division for both quotients
  const v8 t = (a - 3) * (e.hi * inverse);
  const DoubleDouble g = fast_two_sum(first, fma(rest(t), t, first_lo));
  const v8 inverse_e = d * inverse;
  const v8 q = g.hi * inverse_e;
  return {q, (fma(-q, e.hi, g.hi) + fma(-q, e.lo, g.lo)) * inverse_e};
}

// erfc(a) for a >= 1/2; smaller arguments count as 1/2.
static inline v8 erfc_tail(v8 a) {
  a = at_least(at_most(a, 28.0), 0.5);
  const DoubleDouble q = scaled_erfc(a), square = two_product(a, a);
  const ExpParts parts = exp_parts(-square.hi, -square.lo);
  const DoubleDouble e = fast_two_sum(1.0, parts.w.hi), y = two_product(q.hi, e.hi);
  const v8 y_lo = fma(q.hi, e.lo + parts.w.lo, fma(q.lo, e.hi, y.lo));
  return (y.hi + y_lo) * parts.power.first * parts.power.rest;
}

}  // namespace jitegral::vecmath
