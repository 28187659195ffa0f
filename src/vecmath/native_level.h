// All bodies at one level, compiled together so that they inline into their block loops. Included once by
// each native_LEVEL.cpp, for whose sources the build sets the level's -march.
//
// Whatever is inline here must not have external linkage, or the linker might keep the copy of a level that
// the CPU lacks: bodies are static, and what vector.h has as members is always inlined.
#pragma once

#include "vecmath/vecmath.h"

#define VECMATH_BODY static inline
#define VECMATH_COLD_BODY static __attribute__((cold, noinline))
#include "vecmath_bodies.inc"  // made by the build: #include of each of bodies/*.cpp

namespace jitegral::vecmath {
namespace {

v8 load(const double* from) {
  v8 x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}

void store(double* to, v8 x) { __builtin_memcpy(to, &x, sizeof x); }

template <v8 (*body)(v8)>
void block1(const double* const* args, double* result, std::int64_t vectors) {
  const double* x = args[0];
  for (std::int64_t i = 0; i < kLanes * vectors; i += kLanes) store(result + i, body(load(x + i)));
}

template <v8 (*body)(v8, v8)>
void block2(const double* const* args, double* result, std::int64_t vectors) {
  const double *x = args[0], *y = args[1];
  for (std::int64_t i = 0; i < kLanes * vectors; i += kLanes)
    store(result + i, body(load(x + i), load(y + i)));
}

template <v8 (*body)(v8), v8 (*other_body)(v8)>
void pair_block(const double* x, double* one, double* other, std::int64_t vectors) {
  for (std::int64_t i = 0; i < kLanes * vectors; i += kLanes) {
    const v8 at = load(x + i);
    store(one + i, body(at));
    store(other + i, other_body(at));
  }
}

template <void (*body)(const v8*, v8*)>
void cold(const void* args, void* result) {
  body(static_cast<const v8*>(args), static_cast<v8*>(result));
}

constexpr Native all_bodies(std::string_view level) {
  return {
      level,
#define VECMATH1(name) block1<jtg_##name>,
#define VECMATH2(name) block2<jtg_##name>,
#define VECMATH_COLD(name) cold<jtg_cold_##name>,
#define VECMATH_PAIR(one, other) VECMATH1(one) VECMATH1(other) pair_block<jtg_##one, jtg_##other>,
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
  };
}

}  // namespace
}  // namespace jitegral::vecmath
