// The floored modulo of Python: x - y floor(x/y), with the sign of y. As exact as fmod; adding y to a
// remainder of the other sign rounds once. mod(x, 0) and mod(infinity, y) are NaN; mod(x, infinity) is x, or
// that infinity if the signs differ. Quotients from 2^53 on take an integer division by bits.
#include "vecmath.h"
#include "vector.h"

using namespace jitegral::vecmath;

struct Decomposed {
  unsigned long long mantissa;
  int exponent;  // of the last bit, at least 1
};

static inline Decomposed decompose(double a) {
  const auto bits = __builtin_bit_cast(unsigned long long, a);
  const int e = static_cast<int>(bits >> 52);
  const unsigned long long fraction = bits & 0xfffffffffffff;
  return e == 0 ? Decomposed{fraction, 1} : Decomposed{fraction | 0x10000000000000, e};
}

static inline double compose(unsigned long long mantissa, int exponent) {
  const double last_place = __builtin_bit_cast(double, static_cast<unsigned long long>(exponent) << 52);
  return static_cast<double>(mantissa) * 0x1p-52 * last_place;
}

// a modulo b for finite a, b > 0: the exponents' difference is worked off eleven bits a step.
static inline double remainder_by_bits(double a, double b) {
  const Decomposed x = decompose(a), y = decompose(b);
  unsigned long long r = x.mantissa % y.mantissa;
  int left = x.exponent - y.exponent;
  for (; left > 11; left -= 11) r = (r << 11) % y.mantissa;
  r = (r << left) % y.mantissa;
  return compose(r, y.exponent);
}

static __attribute__((noinline, cold)) v8 patch_huge(v8 a, v8 b, v8 quotient, v8 r) {
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < 8; ++i)
    if (quotient[i] >= 0x1p53 && a[i] < kInf && b[i] > 0) r[i] = remainder_by_bits(a[i], b[i]);
  return r;
}

// a modulo b for a, b >= 0. The quotient may be one too large or too small; the products by fma are exact.
static inline v8 remainder(v8 a, v8 b) {
  const v8 quotient = a / b;
  const v8 first = fma(-trunc(quotient), b, a);
  const v8 r = first < 0 ? first + b : first >= b ? first - b : first;
  return any(quotient >= 0x1p53) ? patch_huge(a, b, quotient, r) : r;
}

extern "C" v8 jtg_mod(v8 x, v8 y) {
  const v8 a = abs(x), b = abs(y);
  const Mask within = a < b;  // also b infinite
  v8 r = within ? a : remainder(a, b);
  r = ((a == kInf) | (b == 0)) ? kNan : r;
  const Mask other_sign = sign_bit(x) != sign_bit(y);
  r = (other_sign & (r != 0)) ? b - r : r;
  return with_sign(r, y);
}
