// tanh(x) for 0 <= x <= kTanhEnd; see tanh_core.h.
#include "body.h"
#include "tanh_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tanh_near(v8 x) { return with_sign(tanh_of_positive(x), x); }
