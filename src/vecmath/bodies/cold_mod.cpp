// The lanes of mod with quotients from 2^53 on: an integer division by bits.
#include "body.h"
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

// args are a, b >= 0.
VECMATH_COLD_BODY void jtg_cold_mod(const v8* args, v8* result) {
  const v8 a = args[0], b = args[1];
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < 8; ++i)
    if (a[i] / b[i] >= 0x1p53 && a[i] < kInf && b[i] > 0) (*result)[i] = remainder_by_bits(a[i], b[i]);
}
