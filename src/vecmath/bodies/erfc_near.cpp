// erfc(x) for 0 <= x <= kErfcTail; see erfc_core.h.
#include "body.h"
#include "erfc_core.h"

using namespace jitegral::vecmath;

// Whatever x is, it does not lead out of the table: no proof about a formula is trusted with addresses.
VECMATH_BODY v8 jtg_erfc_near(v8 x) {
  return erfc_from_table(x, at_least(x < kErfcTail ? x : kErfcTail, 0.0));
}
