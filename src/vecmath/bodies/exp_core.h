// The parts of the exponentials: x = n ln2 + r, a polynomial in r, and a power of two put together from two
// factors so that overflow, and gradual underflow, come out of the last multiplication.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

constexpr double kLn2 = 0x1.62e42fefa39efp-1;
constexpr double kLn2Lo = 0x1.abc9e3b39803fp-56;
constexpr double kInverseLn2 = 0x1.71547652b82fep0;

// 2^n = first * rest, both normal, for -2044 < n < 2046.
struct PowerOfTwo {
  v8 n, first, rest;
};

// n is the integer nearest to a * b.
static inline PowerOfTwo nearest_power(v8 a, v8 b) {
  const v8 t = fma(a, b, kRounder + 2046);
  const v8 n = t - (kRounder + 2046);
  const v8 half = fma(n, 0.5, kRounder + 1023);
  return {n, from_bits(to_bits(half) << 52), from_bits((to_bits(t) - to_bits(half)) << 52)};
}

// The same where 2^n is normal itself, for -1023 < n < 1024.
struct NormalPowerOfTwo {
  v8 n, value;
};

static inline NormalPowerOfTwo nearest_normal_power(v8 a, v8 b) {
  const v8 t = fma(a, b, kRounder + 1023);
  return {t - (kRounder + 1023), from_bits(to_bits(t) << 52)};
}

// 2^n for -1023 < n < 1024.
static inline v8 power_of_two(v8 n) { return from_bits(to_bits(n + (kRounder + 1023)) << 52); }

// (1 + w) 2^n
static inline v8 scale_one_plus(v8 w, const PowerOfTwo& p) { return fma(p.first, w, p.first) * p.rest; }
// Where that is normal: the same.
static inline v8 scale_one_plus(v8 w, const NormalPowerOfTwo& p) { return fma(p.value, w, p.value); }

// (exp(r) - 1 - r)/r^2 for |r| <= ln2/2. Coefficients: sollya/exp.sollya.
static inline v8 exp_tail(v8 r) {
  constexpr Polynomial p{0x1.000000000000ap-1,  0x1.55555555554fep-3,  0x1.55555555506cp-5,
                         0x1.1111111126b38p-7,  0x1.6c16c18475a3ep-10, 0x1.a01a012febae2p-13,
                         0x1.a0199963bc0fap-16, 0x1.71df18fd0ce4p-19,  0x1.28adf7b4c60afp-22,
                         0x1.ad92c5d9bf612p-26};
  return p(r);
}

// exp(x - n ln2) - 1 for the n nearest to x/ln2.
static inline v8 exp_rest(v8 x, v8 n) {
  const v8 r = fma(-n, kLn2Lo, fma(-n, kLn2, x));
  return fma(r * r, exp_tail(r), r);
}

// The same of x + lo for a tiny lo, in two parts.
static inline DoubleDouble exp_rest(v8 x, v8 lo, v8 n) {
  const v8 r1 = fma(-n, kLn2, x);
  const v8 r2 = fma(-n, kLn2Lo, r1);
  const DoubleDouble r = fast_two_sum(r2, fma(-n, kLn2Lo, r1 - r2) + lo);
  return {r.hi, fma(r.hi * r.hi, exp_tail(r.hi), fma(r.lo, r.hi, r.lo))};
}

// exp(x + lo) = (1 + w.hi + w.lo) 2^n for a tiny lo and -1400 < x < 1400.
struct ExpParts {
  DoubleDouble w;
  PowerOfTwo power;
};

static inline ExpParts exp_parts(v8 x, v8 lo) {
  const PowerOfTwo p = nearest_power(x, kInverseLn2);
  return {exp_rest(x, lo, p.n), p};
}

}  // namespace jitegral::vecmath
