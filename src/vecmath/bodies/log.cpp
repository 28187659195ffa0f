// log(x) from a table; see log_table.h.
// At most 1.4 ulp.
#include "body.h"
#include "cold.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log(v8 x) {
  const LogParts parts = log_from_table(x);
  const v8 y = log_of(x, parts);
  if (any_not_plain(parts.shifted)) [[unlikely]]
    return with_cold_part(jtg_cold_log, y, x);
  return y;
}
