// Which level this CPU runs.
#include <array>

#include "vecmath/levels.h"
#include "vecmath/vecmath.h"

namespace jitegral::vecmath {

namespace {

constexpr std::array levels = {&native_x86_64, &native_x86_64_v3, &native_x86_64_v4};

std::size_t supported_levels() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("x86-64-v4") ? 3 : __builtin_cpu_supports("x86-64-v3") ? 2 : 1;
}

}  // namespace

std::span<const Native* const> native_levels() {
  static const std::size_t count = supported_levels();
  return std::span(levels).first(count);
}

const Native& native() {
  static const Native& best = *native_levels().back();
  return best;
}

Block Native::find(std::string_view function) const {
  struct Row {
    std::string_view name;
    Block Native::* block;
  };
  static constexpr Row rows[] = {
#define VECMATH1(name) {#name, &Native::name},
#define VECMATH2(name) {#name, &Native::name},
#define VECMATH_COLD(name)
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
  };
  for (const Row& row : rows)
    if (row.name == function) return this->*row.block;
  return nullptr;
}

PairBlock Native::find_pair(std::string_view one) const {
#define VECMATH1(name)
#define VECMATH2(name)
#define VECMATH_COLD(name)
#define VECMATH_PAIR(first, second) \
  if (one == #first) return first##_and_##second;
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
  return nullptr;
}

}  // namespace jitegral::vecmath
