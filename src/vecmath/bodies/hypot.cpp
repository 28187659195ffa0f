// hypot(x, y) = sqrt(x^2 + y^2) after scaling by a power of two; an infinity wins over a NaN (C99 F.9.4.3).
// At most 1.1 ulp.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_hypot(v8 x, v8 y) {
  const v8 a = abs(x), b = abs(y);
  const v8 larger = a > b ? a : b, smaller = a > b ? b : a;
  const Mask big = larger > 0x1p500, small = larger < 0x1p-450;
  const v8 scale = big ? 0x1p-600 : small ? v8(0x1p600) : v8(1.0);
  const v8 back = big ? 0x1p600 : small ? v8(0x1p-600) : v8(1.0);
  const v8 p = larger * scale, q = smaller * scale;
  const v8 length = sqrt(fma(p, p, q * q)) * back;
  return ((a == kInf) | (b == kInf)) ? kInf : length;
}
