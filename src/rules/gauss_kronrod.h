// Gauss–Kronrod 10-21 on one panel: where to look, and what 21 values say about the integral and its error.
#pragma once

#include <cstddef>
#include <span>

#include "rules/estimate.h"

namespace jitegral::rules::gauss_kronrod {

inline constexpr std::size_t points = 21;

// The 21 nodes on [a, b], a < b finite, ascending, strictly inside (as far as there are doubles inside).
void nodes(double a, double b, std::span<double, points> x);

// What 21 values say about f on [a, b].
struct Look {
  Estimate estimate{};  // of the integral; not finite if a value is not
  double floor = 0;     // the part of the error that more points cannot lower: rounding, and the noise of f
  // True if the values do not look like those of an analytic function: the coefficients of f in orthogonal
  // polynomials do not fall off before the rounding level. Kinks, jumps, singularities, noise, unseen waves.
  bool rough = false;
  double left = 0;  // the interpolating polynomial at a and at b …
  double right = 0;
  double blur = 0;  // … and the error it may have there
};

// y[i] is f at node i; noise[i], unless noise is null, bounds the absolute error of y[i] beyond rounding.
Look look(double a, double b, std::span<const double, points> y, const double* noise = nullptr);

// The integral alone: look(a, b, y).estimate.value.
double integral(double a, double b, std::span<const double, points> y);

}  // namespace jitegral::rules::gauss_kronrod
