// AVX2 and fma.
#include "vecmath/levels.h"
#include "vecmath/native_level.h"

constinit const jitegral::vecmath::Native jitegral::vecmath::native_x86_64_v3 = all_bodies("x86-64-v3");
