// log(1 + x) from the table of log; see log_table.h.
// At most 1.9 ulp.
#include "body.h"
#include "cold.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log1p(v8 x) {
  const LogParts parts = log_from_table(1 + x);
  const v8 y = log1p_of(x, parts);
  if (any_not_plain(parts.shifted)) [[unlikely]]
    return with_cold_part(jtg_cold_log1p, y, x);
  return y;
}
