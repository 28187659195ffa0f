// log(x) with about 65 significant bits, for pow: as in log_table.h, with f and the first two powers of it
// exact. Table and coefficients: sollya/log_table.sollya and sollya/log.sollya.
#pragma once

#include "log_table.h"

namespace jitegral::vecmath {

// What the table's -log(c) leaves out.
static const double kLogTableTail[] = {
#include "log_table_tail.inc"
};

// log(1 + f) - f + f^2/2 for |f| <= 2^-8
static inline v8 log_tail_of_table(v8 f, v8 square) {
  constexpr Polynomial p{0x1.5555555555557p-2,  -0x1.0000000000002p-2, 0x1.999999987a53p-3,
                         -0x1.5555555425c6bp-3, 0x1.24941569968bfp-3,  -0x1.0001bbde62f21p-3};
  return f * square * p(f);
}

// log(2^k c (1 + f)) for the b that was made of x.
static inline DoubleDouble log_double_double(v8 x, const TabledBinary& b) {
  // ln2; like log(c), the first part is a multiple of 2^-42, so that their sum is exact
  constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_rest = 0x1.ef35793c7673p-45;
  const DoubleDouble one_plus = two_product(x, b.inverse);
  const v8 f = one_plus.hi - 1;
  const DoubleDouble square = two_product(f, f);
  const DoubleDouble first = fast_two_sum(fma(b.k, ln2_high, -b.at.second), f);
  const DoubleDouble second = fast_two_sum(first.hi, -0.5 * square.hi);
  const v8 table_rest = fma(b.k, ln2_rest, -look_up(kLogTableTail, b.shifted >> 42 & 0x3f8));
  const v8 f_rest = fma(-0.5, square.lo, fma(square.hi - f, one_plus.lo, one_plus.lo));
  const v8 small = log_tail_of_table(f, square.hi) + (table_rest + f_rest);
  return fast_two_sum(second.hi, first.lo + second.lo + small);
}

}  // namespace jitegral::vecmath
