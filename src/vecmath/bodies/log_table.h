// log from a table of 128 entries and a short polynomial, without a division: x = 2^k c (1 + f) with c from
// the table, log(x) = k ln2 + log(c) + log(1 + f), |f| <= 2^-8 (Tang 1990). Table and coefficients:
// sollya/log_table.sollya.
#pragma once

#include "log_core.h"
#include "lookup.h"

namespace jitegral::vecmath {

static const v2 kLogTable[] = {
#include "log_table.inc"
};

// x = 2^k c (1 + f)
struct TabledBinary {
  v8 k;
  Pair at;       // of the table: 2^512/c and -log(c)
  v8 inverse;    // 1/(2^k c)
  Bits shifted;  // see any_not_plain
};

struct LogParts {
  v8 minus_log;  // -(k ln2 + log(c)); the sign so that 0 - minus_log keeps the sign of a zero
  v8 inverse;    // 1/(2^k c)
  Bits shifted;  // see any_not_plain
};

constexpr unsigned long long kLogBias = 512;

// Index and exponent of x as they lie in its bits: a part of the table begins at 0x3fe6b...
static inline Bits shifted_for_table(v8 x) { return to_bits(x) - (0x3fe6b00000000000 - (kLogBias << 52)); }

// The lanes of `fast` where the table serves for x, and of `slow` elsewhere.
static inline v8 where_plain(v8 x, v8 fast, v8 slow) {
  return (shifted_for_table(x) & 0xc000000000000000) == 0 ? fast : slow;
}

// For 2^-511 < x < 2^511, with any_not_plain for the others.
static inline TabledBinary split_by_table(v8 x) {
  const Bits shifted = shifted_for_table(x);
  const Bits exponent = shifted & 0xfff0000000000000;
  const v8 k = from_bits(exponent >> 10 | 0x4090000000000000) - (1024.0 + kLogBias);
  const Pair at = look_up(kLogTable, shifted >> 41 & 0x7f0);
  return {k, at, from_bits(to_bits(at.first) - exponent), shifted};
}

static inline LogParts log_from_table(v8 x) {
  const TabledBinary b = split_by_table(x);
  return {fma(b.k, -0x1.62e42fefa39efp-1, b.at.second), b.inverse, b.shifted};
}

// log(2^k c (1 + f))
static inline v8 log_sum(const LogParts& parts, v8 f) {
  const v8 z = f * f;
  const v8 low = fma(f, 0x1.5555555516511p-2, -0.5);
  const v8 high = fma(z, -0x1.5556c150a8e9cp-3, fma(f, 0x1.999b30f3691f5p-3, -0x1.ffffffff8a0ebp-3));
  return fma(z, fma(z, high, low), f) - parts.minus_log;
}

// log(x), and log(1 + x) where `parts` are those of the rounded 1 + x: what is left comes from x itself, so
// that nothing is lost for small x.
static inline v8 log_of(v8 x, const LogParts& parts) { return log_sum(parts, fma(x, parts.inverse, -1.0)); }
static inline v8 log1p_of(v8 x, const LogParts& parts) {
  return log_sum(parts, fma(x, parts.inverse, -(1 - parts.inverse)));
}

}  // namespace jitegral::vecmath
