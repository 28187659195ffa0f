// -1, 1, or x itself where x is a zero or a NaN. Exact.
#include "body.h"
#include "vector.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sign(v8 x) { return x > 0 ? 1.0 : x < 0 ? v8(-1.0) : x; }
