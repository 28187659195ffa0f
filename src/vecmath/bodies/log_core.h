// The parts of the logarithms: x = 2^k m with m in [sqrt(1/2), sqrt(2)), and
// log(1 + f) = f - s (f - R(s^2)), s = f/(2 + f), as in fdlibm (Sun Microsystems 1993).
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// ln2 in two parts; the first has so many zeros at its end that k times it is exact.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Rest = 0x1.a39ef35793c76p-33;

struct Binary {
  v8 k, m;
  Bits shifted;  // the bits of x with k + bias in place of the exponent
};

// For 2^-bias < x < 2^(2047 - bias).
template <unsigned long long bias>
[[gnu::always_inline]] static inline Binary split_biased(v8 x) {
  constexpr unsigned long long root_half = 0x3fe6a09e667f3bcd;
  const Bits shifted = to_bits(x) - (root_half - (bias << 52));
  const v8 k = from_bits(shifted >> 52 | 0x4330000000000000) - (0x1p52 + bias);
  return {k, from_bits((shifted & 0xfffffffffffff) + root_half), shifted};
}

// For normal x > 0.
static inline Binary split_normal(v8 x) { return split_biased<1023>(x); }

// For 2^-511 < x < 2^511, with any_not_plain for the others.
static inline Binary split_plain(v8 x) { return split_biased<512>(x); }

// Whether split_plain took an x in any lane that it is not for: zeros, negative numbers, infinities, NaNs
// and the very small and large. One test of the bits on all machines.
static inline bool any_not_plain(Bits shifted) {
  return __builtin_reduce_or(shifted & 0xc000000000000000) != 0;
}

// A positive number as x 2^k, with an x for split_plain.
struct Scaled {
  v8 x, k;
};

static inline Scaled scaled(v8 x) {
  const Mask tiny = x < 0x1p-500, huge = x > 0x1p500;
  return {x * (tiny ? 0x1p600 : huge ? v8(0x1p-600) : v8(1.0)), tiny ? -600.0 : huge ? v8(600.0) : v8(0.0)};
}

// For x > 0.
static inline Binary split(v8 x) {
  const Scaled plain = scaled(x);
  Binary b = split_plain(plain.x);
  b.k += plain.k;
  return b;
}

// (f - log(1 + f)) = s * factor, for 1 + f in [sqrt(1/2), sqrt(2)). Coefficients: sollya/log.sollya.
struct LogTail {
  v8 s, factor;
};

static inline LogTail log_tail(v8 f) {
  constexpr Polynomial p{0x1.5555555555592p-1, 0x1.999999997ff65p-2, 0x1.24924941db2b8p-2,
                         0x1.c71c521a2b66bp-3, 0x1.74663ba13cd5cp-3, 0x1.39a20bacf3768p-3,
                         0x1.2f0252f0fae7p-3};
  const v8 s = f / (2 + f);
  const v8 z = s * s;
  return {s, fma(-z, p.paired(z), f)};
}

// log(1 + f + rest) + k ln2, for a rest below the last place of f. What does not need the quotient is added
// up while the divider works.
static inline v8 log_sum(v8 k, v8 f, v8 rest) {
  const DoubleDouble high = fast_two_sum(k * kLn2High, f);
  const LogTail t = log_tail(f);
  return high.hi + fma(-t.s, t.factor, fma(k, kLn2Rest, high.lo + rest));
}

static inline v8 log_sum(v8 k, v8 f) {
  const DoubleDouble high = fast_two_sum(k * kLn2High, f);
  const LogTail t = log_tail(f);
  return high.hi + fma(-t.s, t.factor, fma(k, kLn2Rest, high.lo));
}

// log(1 + f) in two parts, for the other bases.
static inline DoubleDouble log_parts(v8 f) {
  const LogTail t = log_tail(f);
  const v8 hi = fma(-t.s, t.factor, f);
  return {hi, fma(-t.s, t.factor, f - hi)};
}

// What every logarithm does at 0, below it, at infinity and for a NaN.
static inline v8 at_log_edges(v8 x, v8 result) {
  const v8 y = x < kInf ? result : x;
  return x < 0 ? kNan : x == 0 ? -kInf : y;
}

}  // namespace jitegral::vecmath
