// The polynomial behind sin, cos, sinpi and cospi: sin on half a turn.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// sin(r)/r - 1 for |r| <= pi/2. Even and odd coefficients apart: two chains of fma, and no more operations
// than Horner's. Coefficients: sollya/sin.sollya.
static inline v8 sin_ratio(v8 r) {
  constexpr double first = -0x1.5555555555555p-3;
  constexpr Polynomial even{0x1.11111111110c8p-7, 0x1.71de3a52a1514p-19, 0x1.6123cd2aba2ecp-33,
                            0x1.8833fcaa0d829p-49};
  constexpr Polynomial odd{-0x1.a01a01a014d7ap-13, -0x1.ae6454d4e1942p-26, -0x1.ae438f7ea3cf8p-41};
  const v8 z = r * r, z2 = z * z;
  const v8 tail = fma(odd.horner(z2), z, even.horner(z2));
  return fma(z, first, tail * z2);
}

static inline v8 sin_near_zero(v8 r) { return fma(sin_ratio(r), r, r); }

// sin(r + lo) = sin(r) + lo cos(r), where a rough cosine will do.
static inline v8 sin_near_zero(v8 r, v8 lo) { return r + fma(sin_ratio(r), r, lo * fma(-0.4 * r, r, 1.0)); }

}  // namespace jitegral::vecmath
