// log(x) = k ln2 + log(m); see log_core.h.
// At most 1.0 ulp.
#include "body.h"
#include "cold.h"
#include "log_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log(v8 x) {
  const Binary b = split_plain(x);
  const v8 y = log_sum(b.k, b.m - 1);
  if (any_not_plain(b)) [[unlikely]]
    return with_cold_part(jtg_cold_log, y, x);
  return y;
}
