// What a program's steps are made of, besides vecmath: one machine operation each over a block of points.
// Private to interpreter.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "functions/function.h"
#include "vecmath/vecmath.h"

namespace jitegral::interpreter {

// The loops at one level of x86-64: the same bits at every level.
struct Operations {
  std::string_view level;  // as vecmath names it
  // By Instruction; the arguments in the order of the function table.
  std::array<vecmath::Block, 32> block{};
  // x[i] = fma(first + distance*i, step, start) for the points of `vectors` vectors; indices below 2^53.
  void (*grid_points)(double start, double step, double first, double distance, double* x,
                      std::int64_t vectors) = nullptr;
  // Adds the vectors of y in turn to the first and to the last eight of sixteen sums.
  void (*add_vectors)(const double* y, std::int64_t vectors, double* sums) = nullptr;
  // Adds the vectors of y to the first eight of sixteen sums, and what each addition loses (D. E. Knuth's
  // two_sum) to the last eight.
  void (*add_carefully)(const double* y, std::int64_t vectors, double* sums) = nullptr;
  // Adds to the first and to the last eight of sixteen sums, in turn: for each row r, fma(row[k][r], vector r
  // of place[k], sum) for k from 0; the factor is 1 where place[k] is null.
  void (*add_products)(const double* const* row, const double* const* place, std::int64_t terms,
                       std::int64_t rows, double* sums) = nullptr;
  void (*fill)(double value, double* x, std::int64_t vectors) = nullptr;

  [[nodiscard]] vecmath::Block find(Instruction instruction) const {
    return block[static_cast<std::size_t>(instruction)];
  }
};

extern const Operations operations_x86_64, operations_x86_64_v3, operations_x86_64_v4;

// Those of the same level as `bodies`.
const Operations& operations(const vecmath::Native& bodies);

}  // namespace jitegral::interpreter
