// log(1 + x): where the table looks up the rounded 1 + x, what is left comes from x itself, so that nothing
// is lost for small x; see log_table.h.
// At most 1.9 ulp.
#include "body.h"
#include "cold.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log1p(v8 x) {
  const LogParts parts = log_from_table(1 + x);
  const v8 y = log_sum(parts, fma(x, parts.inverse, -(1 - parts.inverse)));
  if (any_not_plain(parts.shifted)) [[unlikely]]
    return with_cold_part(jtg_cold_log1p, y, x);
  return y;
}
