// cbrt(x): a polynomial guess of m^(-1/3), two steps of third order without division, and a last correction
// of m y^2. Coefficients: sollya/cbrt.sollya.
// At most 0.6 ulp.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

// a = 8^q m with m in [1, 8); `guess` is near m^(-1/3).
struct Octal {
  v8 q, m, guess;
};

static inline Octal split_octal(v8 a) {
  constexpr Polynomial p{0x1.ab8590453e441p0, -0x1.2c41e24192818p0, 0x1.64165061059b7p-1,
                         -0x1.c51861121b162p-3, 0x1.d46f7d430001ap-6};
  constexpr double root2 = 0x1.965fea53d6e3dp-1, root4 = 0x1.428a2f98d728bp-1;
  const v8 k = from_bits(to_bits(a) >> 52 | 0x4330000000000000) - (0x1p52 + 1023);
  const v8 m = from_bits((to_bits(a) & 0xfffffffffffff) | 0x3ff0000000000000);
  const v8 q = floor((k + 0.5) * (1.0 / 3));
  const v8 j = fma(-3.0, q, k);
  const v8 factor = j == 0 ? 1.0 : j == 1 ? v8(root2) : v8(root4);
  return {q, m * (j == 0 ? 1.0 : j == 1 ? v8(2.0) : v8(4.0)), p(m) * factor};
}

// y (1 + h/3 + 2 h^2/9) with h = 1 - m y^3
static inline v8 improved(v8 y, v8 m) {
  const v8 h = fma(-m * y, y * y, 1.0);
  return fma(y * h, fma(h, 2.0 / 9, 1.0 / 3), y);
}

VECMATH_BODY v8 jtg_cbrt(v8 x) {
  const v8 a = abs(x);
  const Mask tiny = a < kMinNormal;
  const Octal o = split_octal(tiny ? a * 0x1p54 : a);
  const v8 y = improved(improved(o.guess, o.m), o.m);
  const v8 c = o.m * y * y;
  const DoubleDouble square = two_product(c, c);
  const v8 residual = fma(-square.lo, c, fma(-square.hi, c, o.m));
  const v8 root = fma(residual * (1.0 / 3), y * y, c);
  const v8 scale = from_bits(to_bits(o.q - (tiny ? v8(18.0) : v8(0.0)) + (kRounder + 1023)) << 52);
  return ((a > 0) & (a < kInf)) ? with_sign(root * scale, x) : x;
}
