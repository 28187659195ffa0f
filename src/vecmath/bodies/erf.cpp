// erf(x) from a table of |x|; see erf_core.h. At most 1.2 ulp.
#include "body.h"
#include "erf_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erf(v8 x) {
  const v8 a = abs(x);
  return with_sign(erf_from_table(at_most(a, kErfEnd), a < kErfEnd ? a : kErfEnd), x);
}
