// log where x is tiny or huge, zero, negative, infinite or a NaN; see log_core.h.
#include "body.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_log(const v8* args, v8* result) {
  const v8 x = args[0];
  const Binary b = split(x);
  *result = where_plain(x, *result, at_log_edges(x, log_sum(b.k, b.m - 1)));
}
