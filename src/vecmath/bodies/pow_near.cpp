// pow(x, y) where x is positive, neither tiny nor huge, and the power is neither, too; see pow_core.h.
#include "body.h"
#include "pow_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_pow_near(v8 x, v8 y) {
  return normal_exp_product(y, log_double_double(x, split_by_table(x)));
}
