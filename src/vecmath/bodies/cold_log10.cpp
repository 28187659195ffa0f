// log10 where x is tiny or huge, zero, negative, infinite or a NaN.
#include "body.h"
#include "log10_core.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_log10(const v8* args, v8* result) {
  const v8 x = args[0];
  *result = at_log_edges(x, log10_sum(split(x)));
}
