// Tables of pairs, looked up lane by lane: one load fetches both numbers of an entry.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

using v2 = double __attribute__((ext_vector_type(2)));
using v4 = double __attribute__((ext_vector_type(4)));

struct Pair {
  v8 first, second;
};

// Lane i gets table[index[i]], for index_times_16: addresses are ready after one shift or mask of the vector.
static inline Pair look_up(const v2* table, Bits index_times_16) {
  const auto entry = [=](int i) {
    return *reinterpret_cast<const v2*>(reinterpret_cast<const char*>(table) + index_times_16[i]);
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

}  // namespace jitegral::vecmath
