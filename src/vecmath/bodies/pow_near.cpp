// pow(x, y) where x is positive, neither tiny nor huge, and the power is neither, too; see pow_core.h.
#include "body.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_pow_near(v8 x, v8 y) {
  const DoubleDouble l = times_log(y, split_plain(x));
  return exp_of_usual_sum(l.hi, l.lo);
}
