// Vector elementary functions for code compiled ahead: whole blocks of points, the same bits on every CPU and
// at every level. (Compiled formulas do not come here: they inline the same bodies from bitcode.)
//
// The bodies (bodies/NAME.cpp) are compiled once for each level of x86-64 and chosen by what the CPU can do:
// without AVX2 and fma a body costs a library call for each fma and each element. Nothing here allocates,
// throws or keeps state; any number of threads may call. Accuracy: the ulp column of the function table.
//
//   const double* args[] = {x};
//   vecmath::native().sin(args, y, n / 8);
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace jitegral::vecmath {

// Points in one vector; a block is a whole number of vectors.
inline constexpr std::int64_t kLanes = 8;

// result[i] = f(args[0][i], ...) for 0 <= i < 8 vectors, in the order of the function's arguments (y before x
// for atan2). The result may be one of the arguments, else they do not overlap. Alignment as for any double.
using Block = void (*)(const double* const* args, double* result, std::int64_t vectors);

// The slow path of a function that has one, on one vector: args are as many times eight doubles as the
// function has arguments, and only the hard lanes of the eight doubles at result change. Or `total`, see
// bodies/cold_total.cpp. Both aligned to 64 bytes. Compiled formulas call this as jtg_cold_NAME.
using ColdPart = void (*)(const void* args, void* result);

// Two functions of one argument, block by block: either result may be the argument.
using PairBlock = void (*)(const double* x, double* one, double* other, std::int64_t vectors);

// Every function of vecmath.def at one level.
struct Native {
  std::string_view level;  // "x86-64-v3"
#define VECMATH1(name) Block name;
#define VECMATH2(name) Block name;
#define VECMATH_COLD(name) ColdPart cold_##name;
#define VECMATH_PAIR(one, other) VECMATH1(one) VECMATH1(other) PairBlock one##_and_##other;
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD

  // By the name in vecmath.def, which is the name in the function table; nullptr if there is none.
  [[nodiscard]] Block find(std::string_view function) const;
  // By the name of the first of the two; nullptr if there is none.
  [[nodiscard]] PairBlock find_pair(std::string_view one) const;
};

// The best level that this CPU runs.
const Native& native();

// All levels that this CPU runs, the plainest first: for tests and measurements.
std::span<const Native* const> native_levels();

}  // namespace jitegral::vecmath
