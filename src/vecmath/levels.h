// The levels that vecmath is compiled for.
#pragma once

#include "vecmath/vecmath.h"

namespace jitegral::vecmath {

extern const Native native_x86_64, native_x86_64_v3, native_x86_64_v4;

}  // namespace jitegral::vecmath
