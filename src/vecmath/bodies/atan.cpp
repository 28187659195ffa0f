// atan(x) = atan(c) + atan(t), t = (|x| - c)/(1 + |x| c), with c = 0, near tan(pi/5) or near tan(2 pi/5), so
// that |t| <= tan(pi/10). The c are doubles whose atan is a double but for 2^-7 of its last place (Gal 1986).
// Coefficients: sollya/atan.sollya.
// At most 1.6 ulp.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atan(v8 x) {
  constexpr double tan_pi_10 = 0x1.4cb7bfb4961afp-2, tan_3_pi_10 = 0x1.605a90c73ab79p0;
  constexpr double c1 = 0x1.73fd61d9df42ep-1, atan_c1 = 0x1.41b2f769cf02bp-1;
  constexpr double c2 = 0x1.89f188bdcd7a3p1, atan_c2 = 0x1.41b2f769cf0dep0;
  constexpr Polynomial p{-0x1.5555555555477p-2, 0x1.999999997018p-3,   -0x1.2492490f30816p-3,
                         0x1.c71c66f42ce63p-4,  -0x1.745b893e8d756p-4, 0x1.3af0fb2b8fc28p-4,
                         -0x1.0f2f3e71e36dp-4,  0x1.c1ced23a3520cp-5,  -0x1.1111046ef4698p-5};
  const v8 a = at_most(abs(x), 0x1p100);
  const Mask low = a<tan_pi_10, high = a> tan_3_pi_10;
  const v8 c = low ? 0.0 : high ? v8(c2) : v8(c1);
  const v8 atan_c = low ? 0.0 : high ? v8(atan_c2) : v8(atan_c1);
  const v8 t = (a - c) / fma(a, c, 1.0);
  const v8 z = t * t;
  return with_sign(atan_c + fma(p.paired(z) * z, t, t), x);
}
