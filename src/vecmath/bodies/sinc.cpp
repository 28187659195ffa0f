// sinc(x) = sin(pi x)/(pi x), 1 at 0 and 0 at infinity. The polynomial is that of sin(pi x)/pi, whose first
// coefficient is 1, so that no multiplication by pi is rounded. Coefficients: sollya/sinpi.sollya.
// At most 1.7 ulp.
#include "body.h"
#include "half_turn_reduction.h"

using namespace jitegral::vecmath;

static inline v8 sinpi_over_pi_near_zero(v8 m) {
  constexpr double first = -0x1.a51a6625307d3p0;
  constexpr Polynomial tail{0x1.9f9cb402bc428p-1,  -0x1.86a8e4720a12p-3,  0x1.ac6805cc8300bp-6,
                            -0x1.33816995daaafp-9, 0x1.3746a0f292486p-13, -0x1.d3e67626a2a9fp-18,
                            0x1.074097837b121p-22};
  const v8 z = m * m, z_lo = fma(m, m, -z);
  return fma(fma(z, first, fma(tail(z), z * z, z_lo * first)), m, m);
}

VECMATH_BODY v8 jtg_sinc(v8 x) {
  const v8 q = sinpi_over_pi_near_zero(nearest_half_turn(x)) / x;
  const v8 a = abs(x);
  return a == 0 ? 1.0 : a == kInf ? 0.0 : q;
}
