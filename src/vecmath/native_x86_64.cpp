// Every x86-64: fma is a library call.
#include "vecmath/levels.h"
#include "vecmath/native_level.h"

constinit const jitegral::vecmath::Native jitegral::vecmath::native_x86_64 = all_bodies("x86-64");
