// Reduction of huge angles: the bits of 2/pi that matter times the mantissa, in integers (Payne & Hanek,
// 1983). Slow and scalar; only lanes with |x| > 2^31 come here.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// x = (4 m + quadrant) pi/2 + hi + lo, |hi| <= pi/4.
struct Angle {
  unsigned quadrant;
  double hi, lo;
};

using Word = unsigned long long;

// 2/pi as a binary fraction after one word of zeros. Script: sollya/two_over_pi.sollya.
static const Word kTwoOverPi[] = {
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41,
    0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab};

// 64 bits of the table, from bit `at` on.
static inline Word two_over_pi(unsigned at) {
  const unsigned word = at / 64, shift = at % 64;
  return shift == 0 ? kTwoOverPi[word] : kTwoOverPi[word] << shift | kTwoOverPi[word + 1] >> (64 - shift);
}

// The fraction of x / (2 pi), 192 bits, most significant word first. x = mantissa 2^exponent, exponent >=
// -21.
struct Fraction {
  Word w[3];
};

static inline Fraction turns(Word mantissa, int exponent) {
  using Wide = unsigned __int128;
  // The bit of weight 2^(1 - exponent) in 2/pi is the first whose product with x is not a multiple of 4.
  const unsigned at = static_cast<unsigned>(exponent + 62);
  const Wide low = Wide{mantissa} * two_over_pi(at + 128);
  const Wide middle = Wide{mantissa} * two_over_pi(at + 64) + static_cast<Word>(low >> 64);
  const Word high = mantissa * two_over_pi(at) + static_cast<Word>(middle >> 64);
  return {high, static_cast<Word>(middle), static_cast<Word>(low)};
}

// value 2^-190 times pi/2, for a value given by its 128 leading bits shifted up by `shift`.
static inline Angle scaled_angle(Word w0, Word w1, int shift) {
  const double hi = static_cast<double>(w0 & ~Word{0x7ff});
  const double lo = static_cast<double>(w0 & 0x7ff) + static_cast<double>(w1 >> 11) * 0x1p-53;
  const double scale = __builtin_bit_cast(double, static_cast<Word>(1023 - 62 - shift) << 52);
  const double p = hi * kHalfPi;
  const double e = __builtin_fma(hi, kHalfPi, -p) + __builtin_fma(lo, kHalfPi, hi * kHalfPiLo);
  const double sum = p + e;
  return {0, sum * scale, (e - (sum - p)) * scale};
}

static inline Angle angle_of(Fraction f, bool negative) {
  const unsigned quadrant = static_cast<unsigned>((f.w[0] + (Word{1} << 61)) >> 62);
  Word w0 = f.w[0] << 2 | f.w[1] >> 62, w1 = f.w[1] << 2 | f.w[2] >> 62, w2 = f.w[2] << 2;
  const bool below = w0 >> 63 != 0;
  if (below) w0 = ~w0, w1 = ~w1, w2 = ~w2;
  int shift = 0;
  for (; w0 >> 63 == 0 && shift < 128; ++shift) w0 = w0 << 1 | w1 >> 63, w1 = w1 << 1 | w2 >> 63, w2 <<= 1;
  Angle a = scaled_angle(w0, w1, shift + 2);
  if (below != negative) a.hi = -a.hi, a.lo = -a.lo;
  a.quadrant = (negative ? 0 - quadrant : quadrant) & 3;
  return a;
}

static inline Angle payne_hanek(double x) {
  const Word bits = __builtin_bit_cast(Word, x);
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff);
  if (exponent == 0x7ff) return {0, kNan, 0};
  const Word mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
  return angle_of(turns(mantissa, exponent - 1075), bits >> 63 != 0);
}

struct Angles {
  v8 hi, lo;
  Bits quadrant;
};

// Reduces the lanes with |x| > bound, bound >= 2^31; the others become 0.
static inline Angles payne_hanek(v8 x, double bound) {
  Angles out = {0, 0, 0};
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < 8; ++i) {
    if (!(__builtin_fabs(x[i]) > bound)) continue;
    const Angle a = payne_hanek(x[i]);
    out.hi[i] = a.hi, out.lo[i] = a.lo, out.quadrant[i] = a.quadrant;
  }
  return out;
}

}  // namespace jitegral::vecmath
