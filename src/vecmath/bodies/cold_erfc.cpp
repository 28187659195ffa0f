// erfc far from 0; see erfc_tail.h.
#include "body.h"
#include "erfc_core.h"
#include "erfc_tail.h"

using namespace jitegral::vecmath;

VECMATH_COLD_BODY void jtg_cold_erfc(const v8* args, v8* result) {
  *result = args[0] > kErfcTail ? erfc_tail(args[0]) : *result;
}
