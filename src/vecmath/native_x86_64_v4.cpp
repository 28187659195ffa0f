// AVX-512.
#include "vecmath/levels.h"
#include "vecmath/native_level.h"

constinit const jitegral::vecmath::Native jitegral::vecmath::native_x86_64_v4 = all_bodies("x86-64-v4");
