// ns a point of every vecmath function in the loop that a grid kernel is, beside glibc's libmvec, SLEEF (1
// ulp) and xsimd. Built and run by functions.py, which sorts out what is installed. Usage: functions
// [NAME...]
#include <immintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#define VECMATH_BODY static inline
#define VECMATH_COLD_BODY static __attribute__((cold, noinline))
#include "vecmath_bodies.inc"
#if WITH_SLEEF
#include <sleef.h>
#endif
#if WITH_XSIMD
#include <xsimd/xsimd.hpp>
#endif

#ifdef __AVX512F__
using Native = __m512d;
#define LIBMVEC1(name) _ZGVeN8v_##name
#define LIBMVEC2(name) _ZGVeN8vv_##name
#define SLEEF(name, ulp) Sleef_##name##d8_##ulp##avx512f
#else
using Native = __m256d;
#define LIBMVEC1(name) _ZGVdN4v_##name
#define LIBMVEC2(name) _ZGVdN4vv_##name
#define SLEEF(name, ulp) Sleef_##name##d4_##ulp##avx2
#endif

namespace {

using jitegral::vecmath::v8;
constexpr int points = 1 << 14;

struct Grid {
  double low, step;
};

template <class V>
constexpr int lanes = sizeof(V) / sizeof(double);

template <class V>
V first_indices() {
  V v{};
  for (int i = 0; i < lanes<V>; ++i) v[i] = i;
  return v;
}

template <class V>
double lane_sum(V v) {
  double sum = 0;
  for (int i = 0; i < lanes<V>; ++i) sum += v[i];
  return sum;
}

// x runs over the grid; a second argument, where there is one, is y throughout.
template <class V, class F>
[[gnu::noinline]] double grid_sum(Grid grid, F f) {
  V index = first_indices<V>(), sum{};
  for (int i = 0; i < points; i += lanes<V>) {
    sum += f(index * grid.step + grid.low);
    index += lanes<V>;
  }
  return lane_sum(sum);
}

struct Entry {
  const char* library;
  double (*sum)(Grid);
};

struct Row {
  const char* name;
  double low, high;
  double (*exact)(double);
  std::vector<Entry> entries;
};

#if WITH_XSIMD
Native xsimd_batch(Native x, auto f) { return f(xsimd::batch<double>(x)); }
#define XSIMD(call)                                                                                    \
  {"xsimd", [](Grid g) {                                                                               \
     return grid_sum<Native>(g, [](Native v) { return xsimd_batch(v, [](auto x) { return call; }); }); \
   }},
#else
#define XSIMD(call)
#endif
#if WITH_SLEEF
#define SLEEF_ENTRY(call) \
  {"SLEEF", [](Grid g) { return grid_sum<Native>(g, [](Native x) { return Native(call); }); }},
#else
#define SLEEF_ENTRY(call)
#endif
#if WITH_LIBMVEC
#define LIBMVEC_ENTRY(call) \
  {"libmvec", [](Grid g) { return grid_sum<Native>(g, [](Native x) { return call; }); }},
#else
#define LIBMVEC_ENTRY(call)
#endif
#define OURS(call) {"jitegral", [](Grid g) { return grid_sum<v8>(g, [](v8 x) { return call; }); }},
#define EXACT(call) [](double x) -> double { return call; }
#if WITH_LIBMVEC
extern "C" {
#define FUNCTION1(name, low, high, ulp) Native LIBMVEC1(name)(Native);
#define FUNCTION2(name, low, high, ulp) Native LIBMVEC2(name)(Native, Native);
#include "functions.def"
#undef FUNCTION1
#undef FUNCTION2
}
#endif

const double volatile second = 2.3;  // not known to the compiler
template <class V>
V all(double y) {
  return V{} + y;
}

#define FUNCTION1(name, low, high, ulp) \
  {#name,                               \
   low,                                 \
   high,                                \
   EXACT(std::name(x)),                 \
   {OURS(jtg_##name(x)) LIBMVEC_ENTRY(LIBMVEC1(name)(x)) SLEEF_ENTRY(SLEEF(name, ulp)(x)) XSIMD(name(x))}},
#define FUNCTION2(name, low, high, ulp)                                                                     \
  {#name,                                                                                                   \
   low,                                                                                                     \
   high,                                                                                                    \
   EXACT(std::name(x, 2.3)),                                                                                \
   {OURS(jtg_##name(x, all<v8>(second))) LIBMVEC_ENTRY(LIBMVEC2(name)(x, all<Native>(second))) SLEEF_ENTRY( \
       SLEEF(name, ulp)(x, all<Native>(second))) XSIMD(name(x, xsimd::batch<double>(second)))}},
const Row rows[] = {
#include "functions.def"
};

double seconds_of(const Entry& entry, Grid grid) {
  const auto begin = std::chrono::steady_clock::now();
  double volatile kept = entry.sum(grid);
  (void)kept;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool right(const Row& row, const Entry& entry, Grid grid) {
  double exact = 0, size = 0;
  for (int i = 0; i < points; ++i) {
    const double y = row.exact(i * grid.step + grid.low);
    exact += y, size += std::fabs(y);
  }
  return std::fabs(entry.sum(grid) - exact) <= 1e-13 * size;
}

// Rounds go through all libraries, so that a machine that changes its pace changes all of them.
void measure(const Row& row) {
  constexpr int rounds = 101;
  const Grid grid{row.low, (row.high - row.low) / points};
  std::vector<std::vector<double>> times(row.entries.size());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < times.size(); ++i) times[i].push_back(seconds_of(row.entries[i], grid));
  for (std::size_t i = 0; i < times.size(); ++i) {
    std::ranges::nth_element(times[i], times[i].begin() + rounds / 2);
    std::printf("%s\t%s\t%.3f\t%s\n", row.name, row.entries[i].library, times[i][rounds / 2] / points * 1e9,
                right(row, row.entries[i], grid) ? "right" : "wrong");
  }
}

bool wanted(const char* name, int count, char** names) {
  return count == 0 ||
         std::any_of(names, names + count, [&](const char* n) { return std::strcmp(n, name) == 0; });
}

}  // namespace

int main(int argc, char** argv) {
  for (const Row& row : rows)
    if (wanted(row.name, argc - 1, argv + 1)) measure(row);
}
