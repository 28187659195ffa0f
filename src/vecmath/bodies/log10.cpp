// log10(x): see log10_core.h.
// At most 0.8 ulp.
#include "body.h"
#include "cold.h"
#include "log10_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log10(v8 x) {
  const Binary b = split_plain(x);
  const v8 y = log10_sum(b);
  if (any_not_plain(b.shifted)) [[unlikely]]
    return with_cold_part(jtg_cold_log10, y, x);
  return y;
}
