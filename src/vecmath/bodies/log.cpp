// log(x) = k ln2 + log(m); see log_core.h.
// At most 0.8 ulp.
#include "body.h"
#include "log_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log(v8 x) {
  const Binary b = split(x);
  return at_log_edges(x, log_sum(b.k, b.m - 1, 0.0));
}
