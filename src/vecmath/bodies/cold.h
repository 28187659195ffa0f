// Rare slow paths are functions of their own, reached through memory: a kernel that inlines the fast path
// does not carry them, and one native copy serves kernels of every vector width.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

using Mend = void (*)(const v8* args, v8* result);

// The result with the lanes mended that the cold part knows better.
template <class... Args>
static inline v8 with_cold_part(Mend mend, v8 result, Args... args) {
  const v8 all[] = {args...};
  mend(all, &result);
  return result;
}

}  // namespace jitegral::vecmath
