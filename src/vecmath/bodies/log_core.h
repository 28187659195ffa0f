// The parts of the logarithms: x = 2^k m with m in [sqrt(1/2), sqrt(2)), and
// log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f/(2 + f), as in fdlibm (Sun Microsystems 1993).
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// ln2 in two parts; the first has so many zeros at its end that k times it is exact.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Rest = 0x1.a39ef35793c76p-33;

struct Binary {
  v8 k, m;
  Bits biased;  // k + 1023
};

// For normal x > 0.
static inline Binary split_normal(v8 x) {
  constexpr unsigned long long root_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
  const Bits shifted = to_bits(x) + (one - root_half);
  const Bits biased = shifted >> 52;
  const v8 k = from_bits(biased | 0x4330000000000000) - (0x1p52 + 1023);
  return {k, from_bits((shifted & 0xfffffffffffff) + root_half), biased};
}

// For x > 0.
static inline Binary split(v8 x) {
  const Mask tiny = x < kMinNormal;
  Binary b = split_normal(tiny ? x * 0x1p54 : x);
  b.k = tiny ? b.k - 54 : b.k;
  return b;
}

// log(1 + f) - f + f^2/2 for 1 + f in [sqrt(1/2), sqrt(2)). Coefficients: sollya/log.sollya.
static inline v8 log_tail(v8 f) {
  constexpr Polynomial p{0x1.5555555555592p-1, 0x1.999999997ff65p-2, 0x1.24924941db2b8p-2,
                         0x1.c71c521a2b66bp-3, 0x1.74663ba13cd5cp-3, 0x1.39a20bacf3768p-3,
                         0x1.2f0252f0fae7p-3};
  const v8 s = f / (2 + f);
  const v8 z = s * s;
  return s * fma(p(z), z, 0.5 * f * f);
}

// log(1 + f + rest) + k ln2, for a rest below the last place of f.
static inline v8 log_sum(v8 k, v8 f, v8 rest) {
  const DoubleDouble high = fast_two_sum(k * kLn2High, f);
  const v8 tail = fma(k, kLn2Rest, log_tail(f)) + rest;
  return high.hi + (fma(-0.5 * f, f, tail) + high.lo);
}

// log(1 + f) in two parts, for the other bases.
static inline DoubleDouble log_parts(v8 f) {
  const v8 half_square = 0.5 * f * f;
  const DoubleDouble d = fast_two_sum(f, -half_square);
  return {d.hi, d.lo + (log_tail(f) - fma(0.5 * f, f, -half_square))};
}

// What every logarithm does at 0, below it, at infinity and for a NaN.
static inline v8 at_log_edges(v8 x, v8 result) {
  const v8 y = x < kInf ? result : x;
  return x < 0 ? kNan : x == 0 ? -kInf : y;
}

}  // namespace jitegral::vecmath
