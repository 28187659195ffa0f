// atan(q) = atan(c) + atan(t) for q >= 0, with c = 0, near tan(pi/5) or near tan(2 pi/5), so that |t| <=
// tan(pi/10). The c are doubles whose atan is a double but for 2^-7 of its last place (Gal 1986).
// Coefficients: sollya/atan.sollya.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

constexpr double kTanPi10 = 0x1.4cb7bfb4961afp-2, kTan3Pi10 = 0x1.605a90c73ab79p0;

struct AtanEntry {
  v8 c, atan_c;
};

// For q below kTanPi10, above kTan3Pi10, or between.
static inline AtanEntry atan_entry(Mask low, Mask high) {
  constexpr double c1 = 0x1.73fd61d9df42ep-1, atan_c1 = 0x1.41b2f769cf02bp-1;
  constexpr double c2 = 0x1.89f188bdcd7a3p1, atan_c2 = 0x1.41b2f769cf0dep0;
  return {low ? 0.0 : high ? v8(c2) : v8(c1), low ? 0.0 : high ? v8(atan_c2) : v8(atan_c1)};
}

static inline v8 atan_near_zero(v8 t) {
  constexpr Polynomial p{-0x1.5555555555477p-2, 0x1.999999997018p-3,   -0x1.2492490f30816p-3,
                         0x1.c71c66f42ce63p-4,  -0x1.745b893e8d756p-4, 0x1.3af0fb2b8fc28p-4,
                         -0x1.0f2f3e71e36dp-4,  0x1.c1ced23a3520cp-5,  -0x1.1111046ef4698p-5};
  const v8 z = t * t;
  return fma(p.paired(z) * z, t, t);
}

}  // namespace jitegral::vecmath
