// The loops at one level, included once by each operations_LEVEL.cpp, for which the build sets -march. All is
// static: a linker must not choose between the copies of two levels.
#pragma once

#include "interpreter/operations.h"

namespace jitegral::interpreter {
namespace {

using V = double __attribute__((ext_vector_type(8)));
using Mask = decltype(V{} < V{});
constexpr std::int64_t width = vecmath::kLanes;

// Columns are aligned as any double.
inline V load(const double* from) {
  V x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}
inline void store(double* to, V x) { __builtin_memcpy(to, &x, sizeof x); }

inline V splat(double x) { return V{x, x, x, x, x, x, x, x}; }
inline V truth(Mask m) { return m ? splat(1) : splat(0); }
inline Mask is_true(V x) { return x != splat(0); }  // nan is true

template <class F>
inline void each(const double* const* a, double* y, std::int64_t vectors, F f) {
  for (std::int64_t i = 0; i < width * vectors; i += width) store(y + i, f(a, i));
}

#define UNARY(expression)                                                          \
  [](const double* const* args, double* result, std::int64_t vectors) {            \
    each(args, result, vectors, [](const double* const* at, std::int64_t i) -> V { \
      const V a = load(at[0] + i);                                                 \
      return expression;                                                           \
    });                                                                            \
  }
#define BINARY(expression)                                                         \
  [](const double* const* args, double* result, std::int64_t vectors) {            \
    each(args, result, vectors, [](const double* const* at, std::int64_t i) -> V { \
      const V a = load(at[0] + i), b = load(at[1] + i);                            \
      return expression;                                                           \
    });                                                                            \
  }
#define TERNARY(expression)                                                        \
  [](const double* const* args, double* result, std::int64_t vectors) {            \
    each(args, result, vectors, [](const double* const* at, std::int64_t i) -> V { \
      const V a = load(at[0] + i), b = load(at[1] + i), c = load(at[2] + i);       \
      return expression;                                                           \
    });                                                                            \
  }

void grid_points(double start, double step, double first, double distance, double* x, std::int64_t vectors) {
  V index = splat(first) + V{0, 1, 2, 3, 4, 5, 6, 7} * splat(distance);
  for (std::int64_t i = 0; i < width * vectors; i += width) {
    store(x + i, __builtin_elementwise_fma(index, splat(step), splat(start)));
    index += splat(width * distance);
  }
}

void add_vectors(const double* y, std::int64_t vectors, double* sums) {
  V next = load(sums), other = load(sums + width);
  for (std::int64_t i = 0; i < width * vectors; i += width) {
    const V sum = next + load(y + i);
    next = other;
    other = sum;
  }
  store(sums, next);
  store(sums + width, other);
}

void add_carefully(const double* y, std::int64_t vectors, double* sums) {
  V sum = load(sums), lost = load(sums + width);
  for (std::int64_t i = 0; i < width * vectors; i += width) {
    const V value = load(y + i), total = sum + value, from_value = total - sum, from_sum = total - from_value;
    lost += (sum - from_sum) + (value - from_value);
    sum = total;
  }
  store(sums, sum);
  store(sums + width, lost);
}

void add_products(const double* const* row, const double* const* place, std::int64_t terms, std::int64_t rows,
                  double* sums) {
  V next = load(sums), other = load(sums + width);
  for (std::int64_t r = 0; r < rows; ++r) {
    V sum = next;
    for (std::int64_t k = 0; k < terms; ++k) {
      const V of_row = splat(row[k][r]);
      sum = place[k] == nullptr ? sum + of_row
                                : __builtin_elementwise_fma(of_row, load(place[k] + width * r), sum);
    }
    next = other;
    other = sum;
  }
  store(sums, next);
  store(sums + width, other);
}

void fill(double value, double* x, std::int64_t vectors) {
  for (std::int64_t i = 0; i < width * vectors; i += width) store(x + i, splat(value));
}

constexpr Operations all_operations(std::string_view level) {
  Operations made{.level = level,
                  .grid_points = grid_points,
                  .add_vectors = add_vectors,
                  .add_carefully = add_carefully,
                  .add_products = add_products,
                  .fill = fill};
  using I = Instruction;
  const auto set = [&](I instruction, vecmath::Block loop) {
    made.block[static_cast<std::size_t>(instruction)] = loop;
  };
  set(I::add, BINARY(a + b));
  set(I::subtract, BINARY(a - b));
  set(I::multiply, BINARY(a * b));
  set(I::divide, BINARY(a / b));
  set(I::negate, UNARY(-a));
  set(I::less, BINARY(truth(a < b)));
  set(I::less_equal, BINARY(truth(a <= b)));
  set(I::equal, BINARY(truth(a == b)));
  set(I::not_equal, BINARY(truth(a != b)));
  set(I::greater_equal, BINARY(truth(a >= b)));
  set(I::greater, BINARY(truth(a > b)));
  set(I::logical_and, BINARY(truth(is_true(a) & is_true(b))));
  set(I::logical_or, BINARY(truth(is_true(a) | is_true(b))));
  set(I::logical_not, UNARY(truth(~is_true(a))));
  set(I::select, TERNARY(is_true(a) ? b : c));
  set(I::absolute, UNARY(__builtin_elementwise_abs(a)));
  set(I::square_root, UNARY(__builtin_elementwise_sqrt(a)));
  set(I::floor, UNARY(__builtin_elementwise_floor(a)));
  set(I::ceiling, UNARY(__builtin_elementwise_ceil(a)));
  set(I::truncate, UNARY(__builtin_elementwise_trunc(a)));
  set(I::round, UNARY(__builtin_elementwise_rint(a)));
  return made;
}

#undef UNARY
#undef BINARY
#undef TERNARY

}  // namespace
}  // namespace jitegral::interpreter
