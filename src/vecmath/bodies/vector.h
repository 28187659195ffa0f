// The eight-lane vector that all elementary functions work on, and the few words they are written in:
// bits, masks, select, fma, polynomials and error-free sums and products.
//
// Everything lowers to generic LLVM vector instructions, so one bitcode serves every CPU and gives the same
// bits wherever fma is exact. Write `mask ? a : b` for a select.
#pragma once

namespace jitegral::vecmath {

using v8 = double __attribute__((ext_vector_type(8)));
using Bits = unsigned long long __attribute__((ext_vector_type(8)));
using Mask = decltype(v8{} < v8{});

constexpr double kInf = __builtin_inf();
constexpr double kNan = __builtin_nan("");
constexpr double kPi = 0x1.921fb54442d18p+1;
constexpr double kPiLo = 0x1.1a62633145c07p-53;
constexpr double kHalfPi = 0x1.921fb54442d18p+0;
constexpr double kHalfPiLo = 0x1.1a62633145c07p-54;
constexpr double kMinNormal = 0x1p-1022;

// Adding this rounds to an integer (ties to even) and leaves it in the low bits of the sum, for |x| < 2^51.
constexpr double kRounder = 0x1.8p52;

static inline Bits to_bits(v8 x) { return __builtin_bit_cast(Bits, x); }
static inline v8 from_bits(Bits x) { return __builtin_bit_cast(v8, x); }
static inline v8 fma(v8 a, v8 b, v8 c) { return __builtin_elementwise_fma(a, b, c); }
static inline v8 abs(v8 x) { return __builtin_elementwise_abs(x); }
static inline v8 sqrt(v8 x) { return __builtin_elementwise_sqrt(x); }
static inline v8 rint(v8 x) { return __builtin_elementwise_rint(x); }
static inline v8 floor(v8 x) { return __builtin_elementwise_floor(x); }
static inline v8 trunc(v8 x) { return __builtin_elementwise_trunc(x); }

static inline bool any(Mask m) { return __builtin_reduce_or(m) != 0; }

// One instruction each; a NaN in x stays.
static inline v8 at_least(v8 x, v8 low) { return x < low ? low : x; }
static inline v8 at_most(v8 x, v8 high) { return x > high ? high : x; }

static inline Bits sign_bit(v8 x) { return to_bits(x) & 0x8000000000000000u; }
static inline v8 flip_sign(v8 x, Bits sign) { return from_bits(to_bits(x) ^ sign); }
// Gives the sign of `sign` to a magnitude that is not negative.
static inline v8 with_sign(v8 magnitude, v8 sign) { return from_bits(to_bits(magnitude) | sign_bit(sign)); }
static inline Mask has_sign(v8 x) { return sign_bit(x) != 0; }

// c[0] + c[1] x + ... by Estrin's scheme: short dependency chains for log2(N) more multiplications than
// Horner.
template <int N>
struct Polynomial {
  double c[N];

  [[gnu::always_inline]] v8 operator()(v8 x) const {
    const v8 x2 = x * x, x4 = x2 * x2, x8 = x4 * x4, x16 = x8 * x8;
    return sum<0, N>({x, x2, x4, x8, x16});
  }

  // Horner in x^2 over pairs: half of Horner's chain for one more multiplication. Where a kernel's loop fills
  // the processor's window, this beats Estrin.
  [[gnu::always_inline]] v8 paired(v8 x) const {
    const v8 x2 = x * x;
    v8 result = N % 2 == 0 ? fma(x, c[N - 1], v8(c[N - 2])) : v8(c[N - 1]);
    for (int i = (N - 3) / 2 * 2; i >= 0; i -= 2) result = fma(result, x2, fma(x, c[i + 1], v8(c[i])));
    return result;
  }

  // Fewest operations, where other work hides the longer chain.
  [[gnu::always_inline]] v8 horner(v8 x) const {
    v8 result = v8(c[N - 1]);
    for (int i = N - 2; i >= 0; --i) result = fma(result, x, c[i]);
    return result;
  }

 private:
  struct Powers {
    v8 x1, x2, x4, x8, x16;
  };

  template <int Begin, int End>
  [[gnu::always_inline]] v8 sum(const Powers& x) const {
    constexpr int n = End - Begin;
    if constexpr (n == 1) {
      return c[Begin];
    } else if constexpr (n == 2) {
      return fma(c[Begin + 1], x.x1, c[Begin]);
    } else {
      constexpr int low = n <= 4 ? 2 : n <= 8 ? 4 : n <= 16 ? 8 : 16;
      const v8 power = low == 2 ? x.x2 : low == 4 ? x.x4 : low == 8 ? x.x8 : x.x16;
      return fma(sum<Begin + low, End>(x), power, sum<Begin, Begin + low>(x));
    }
  }
};

template <class... C>
Polynomial(C...) -> Polynomial<sizeof...(C)>;

// An unevaluated sum, |lo| <= ulp(hi)/2.
struct DoubleDouble {
  v8 hi, lo;
};

// Exact when |a| >= |b| or a is 0 (Dekker 1971).
static inline DoubleDouble fast_two_sum(v8 a, v8 b) {
  const v8 s = a + b;
  return {s, b - (s - a)};
}

// Exact for all a and b (Knuth).
static inline DoubleDouble two_sum(v8 a, v8 b) {
  const v8 s = a + b;
  const v8 t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}

static inline DoubleDouble two_product(v8 a, v8 b) {
  const v8 p = a * b;
  return {p, fma(a, b, -p)};
}

static inline v8 quotient(DoubleDouble a, DoubleDouble b) {
  const v8 inverse = 1 / b.hi;
  const v8 q = a.hi * inverse;
  return fma(fma(-q, b.hi, a.hi) + fma(-q, b.lo, a.lo), inverse, q);
}

}  // namespace jitegral::vecmath
