// tanh(x) = e/(e + 1) with e = (exp(2 x) - 1)/2, where 2 x = n ln2 + r; see exp_core.h. What is rounded off
// the denominator, relative to it, is added to the quotient: 1/(e + 1) = 1 - tanh(x).
#pragma once

#include "exp_core.h"

namespace jitegral::vecmath {

// From here on tanh rounds to 1.
constexpr double kTanhEnd = 22;

// tanh(x) for 0 <= x <= kTanhEnd, 0 for either zero.
static inline v8 tanh_of_positive(v8 x) {
  const v8 a = 2 * x;
  const v8 t = fma(a, kInverseLn2, kRounder + 1022);
  const v8 n = t - (kRounder + 1022);
  const v8 half_power = from_bits(to_bits(t) << 52);  // 2^(n-1)
  const v8 e = fma(half_power, exp_rest(a, n), half_power - 0.5);
  const v8 denominator = e + 1, lost = e - (denominator - 1);
  const v8 y = e / denominator;
  return fma(y, fma(lost, y, -lost), y);
}

}  // namespace jitegral::vecmath
