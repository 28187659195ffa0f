// The lanes of tan with huge arguments, by Payne & Hanek: see trig_reduction.h.
#include "body.h"
#include "tan_core.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_tan(const v8* args, v8* result) {
  const v8 x = args[0];
  const Angles a = payne_hanek(x, kHugeAngle);
  *result = abs(x) > kHugeAngle ? tan_from(a.hi, a.lo, a.quadrant) : *result;
}
