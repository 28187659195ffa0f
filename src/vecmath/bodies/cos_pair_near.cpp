// cos(x) where sin(x) is wanted, too, and |x| is not huge; see sin_cos_core.h.
#include "body.h"
#include "sin_cos_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_cos_pair_near(v8 x) { return sin_cos_of_usual(x).cos; }
