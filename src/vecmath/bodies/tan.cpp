// tan(x): see tan_core.h. At most 2.2 ulp.
#include "body.h"
#include "tan_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tan(v8 x) { return with_huge_part(jtg_cold_tan, tan_of_usual(x), x); }
