// The sum of a formula over a row of a grid by Taylor's theorem. Private to analysis.
//
// The points of a row lie close together: within h of its middle X. Where the formula is analytic in a disc
// of radius R about X, and nowhere in it further than r from its value at the middle of the call, the
// coefficients of its series at X obey |c[k]| <= r/R^k (Cauchy), and
//
//   f(X - h) + ... + f(X + h) = points * (c[0] + c[2]*mean(o^2) + c[4]*mean(o^4) + c[6]*mean(o^6) + ...)
//
// over offsets o from the middle, whose odd powers cancel. With R = 112h, what is left out from the eighth
// power on is below 2^-54 * r/9 a point. So a row costs one evaluation of a formula a few times as long as f.
// The coefficients follow by arithmetic on power series from the table's derivatives (R. E. Moore, Interval
// Analysis, 1966, chapter 11), r by arithmetic on discs from its majorants.
#pragma once

#include <optional>

#include "expr/expr.h"

namespace jitegral::analysis {

inline constexpr int series_row_points = 128;

// Places that the formulas below are over, besides parameters.
struct RowPlaces {
  Symbol row;         // the middle of a row
  Symbol total;       // the sum of its points' offsets from the first of them
  Symbol middle;      // of all points of a call
  Symbol radius;      // of all points of a call
  Symbol row_length;  // what 128 steps are
};

struct RowSeries {
  Expr sum;
  // Not 0 if `sum` is the sum of f over any row of the call with a relative error below 2^-54, rounding
  // aside, because f is analytic around all of them and varies by less than three quarters of its value. f
  // does not vanish there, and is no infinity.
  Expr valid;
};

// Absent where the formula has functions of which nothing is known in the complex plane, or where its series
// would take more than it saves. Thread-safe.
std::optional<RowSeries> row_series(const Expr& formula, const Symbol& variable, const RowPlaces& places);

}  // namespace jitegral::analysis
