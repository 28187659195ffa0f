// log1p where x is huge, at most -1, or a NaN; see log_core.h.
#include "body.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_log1p(const v8* args, v8* result) {
  const v8 u = 1 + args[0];
  const Binary b = split(u);
  *result = where_plain(u, *result, at_log_edges(u, log_sum(b.k, b.m - 1)));
}
