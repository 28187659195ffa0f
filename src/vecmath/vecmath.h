// Vector elementary functions: eight doubles in, eight doubles out, the same bits on every CPU with fma.
// jtg_<name> for each row of vecmath.def; jtg_cold_<name> mends the lanes that jtg_<name> finds too hard.
// Callers and callees must be compiled for the same vector registers.
#pragma once

#include "vector.h"

extern "C" {
#define VECMATH1(name) jitegral::vecmath::v8 jtg_##name(jitegral::vecmath::v8 x);
#define VECMATH2(name) jitegral::vecmath::v8 jtg_##name(jitegral::vecmath::v8 x, jitegral::vecmath::v8 y);
#define VECMATH_COLD(name)                                                      \
  __attribute__((cold)) void jtg_cold_##name(const jitegral::vecmath::v8* args, \
                                             jitegral::vecmath::v8* result);
#include "vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
}
