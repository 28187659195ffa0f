// tan(x): see tan_core.h. At most 2.2 ulp.
#include "body.h"
#include "cold.h"
#include "tan_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tan(v8 x) {
  const v8 y = tan_of_usual(x);
  if (any(abs(x) > kHugeAngle)) [[unlikely]]
    return with_cold_part(jtg_cold_tan, y, x);
  return y;
}
