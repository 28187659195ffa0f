// Tables of pairs, looked up lane by lane: one load fetches both numbers of an entry.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

using v2 = double __attribute__((ext_vector_type(2)));
using v4 = double __attribute__((ext_vector_type(4)));

struct Pair {
  v8 first, second;
};

// Lane i gets table[index[i]], for index_times_16 = 16 index + offset: addresses are ready after one shift or
// mask of the vector, and the offset is taken off the table's address once for all lanes.
template <unsigned long long offset = 0>
static inline Pair look_up(const v2* table, Bits index_times_16) {
  const auto entry = [base = reinterpret_cast<unsigned long long>(table) - offset, index_times_16](int i) {
    // The offset lies far outside of the table, where pointers must not go.
    return *reinterpret_cast<const v2*>(base + index_times_16[i]);  // NOLINT(performance-no-int-to-ptr)
  };
  const v4 a = __builtin_shufflevector(entry(0), entry(2), 0, 1, 2, 3);
  const v4 b = __builtin_shufflevector(entry(1), entry(3), 0, 1, 2, 3);
  const v4 c = __builtin_shufflevector(entry(4), entry(6), 0, 1, 2, 3);
  const v4 d = __builtin_shufflevector(entry(5), entry(7), 0, 1, 2, 3);
  const v8 even = __builtin_shufflevector(a, c, 0, 1, 2, 3, 4, 5, 6, 7);
  const v8 odd = __builtin_shufflevector(b, d, 0, 1, 2, 3, 4, 5, 6, 7);
  return {__builtin_shufflevector(even, odd, 0, 8, 2, 10, 4, 12, 6, 14),
          __builtin_shufflevector(even, odd, 1, 9, 3, 11, 5, 13, 7, 15)};
}

// Lane i gets table[index[i]], for index_times_8.
static inline v8 look_up(const double* table, Bits index_times_8) {
  const auto entry = [base = reinterpret_cast<unsigned long long>(table), index_times_8](int i) {
    return *reinterpret_cast<const double*>(base + index_times_8[i]);  // NOLINT(performance-no-int-to-ptr)
  };
  return v8{entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7)};
}

// Lane i gets table[n[i]] for n + kRounder with 0 <= n.
static inline Pair look_up_rounded(const v2* table, v8 n_and_rounder) {
  constexpr auto offset = __builtin_bit_cast(unsigned long long, kRounder) << 4;
  return look_up<offset>(table, to_bits(n_and_rounder) << 4);
}

}  // namespace jitegral::vecmath
