// How a body is defined: VECMATH_BODY v8 jtg_NAME(v8 x), one file each. As bitcode it is extern "C", for
// compiled formulas; ../native_level.h makes it static.
#pragma once

#include "vector.h"

#ifndef VECMATH_BODY
#define VECMATH_BODY extern "C"
#define VECMATH_COLD_BODY extern "C" __attribute__((cold))
#endif

#define VECMATH1(name) VECMATH_BODY jitegral::vecmath::v8 jtg_##name(jitegral::vecmath::v8 x);
#define VECMATH2(name) \
  VECMATH_BODY jitegral::vecmath::v8 jtg_##name(jitegral::vecmath::v8 x, jitegral::vecmath::v8 y);
#define VECMATH_COLD(name) \
  VECMATH_COLD_BODY void jtg_cold_##name(const jitegral::vecmath::v8* args, jitegral::vecmath::v8* result);
#include "../vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
