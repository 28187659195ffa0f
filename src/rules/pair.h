// Two interpolatory rules on one panel, the nodes of one among those of the other: where to look, and what
// the values say about the integral and its error. Gauss–Kronrod and Clenshaw–Curtis are rows of such pairs.
#pragma once

#include <cstddef>
#include <span>

#include "rules/look.h"

namespace jitegral::rules {

struct Pair {
  std::size_t points;  // odd, at least 15
  const double* x;     // what these are: pair_tables.h
  struct Row {
    double fine, coarse;
    double factors[5][2];
  };
  const Row* rows;
  // Where the coefficients fall by less than this from the lower degrees that are looked at to the higher
  // ones, f does not look analytic.
  double fall;

  // The part of the panel's length that lies between an end and the outermost node.
  [[nodiscard]] constexpr double unseen() const { return (1 - x[points / 2]) / 2; }
};

// The nodes on [a, b], a < b finite, ascending, strictly inside (as far as there are doubles inside).
void nodes(const Pair& pair, double a, double b, std::span<double> x);

// y[i] is f at node i; noise[i], unless noise is null, bounds the absolute error of y[i] beyond rounding.
Look look(const Pair& pair, double a, double b, std::span<const double> y, const double* noise = nullptr);

// The integral alone: look(pair, a, b, y).estimate.value.
double integral(const Pair& pair, double a, double b, std::span<const double> y);

}  // namespace jitegral::rules
