// The lanes of cos with huge arguments, by Payne & Hanek: see trig_reduction.h.
#include "body.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_cos(const v8* args, v8* result) {
  const v8 x = args[0];
  *result = abs(x) > kHugeAngle ? sin_of_huge(x, 1) : *result;
}
