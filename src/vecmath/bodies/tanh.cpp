// tanh(x) from |x|; see tanh_core.h. At most 2.3 ulp.
#include "body.h"
#include "tanh_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tanh(v8 x) { return with_sign(tanh_of_positive(at_most(abs(x), kTanhEnd)), x); }
