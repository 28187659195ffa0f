// erfc(x) from a table of |x|, 2 - erfc(-x) for x < 0; see erfc_core.h. At most 1.5 ulp.
#include "body.h"
#include "cold.h"
#include "erfc_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erfc(v8 x) {
  const v8 a = abs(x);
  const v8 y = erfc_from_table(at_most(a, kErfcTail), a < kErfcTail ? a : kErfcTail);
  const v8 result = x < 0 ? 2 - y : y;
  if (any(x > kErfcTail)) [[unlikely]]
    return with_cold_part(jtg_cold_erfc, result, x);
  return result;
}
