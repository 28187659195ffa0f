// A part of the range that stands for the whole: even, odd and periodic formulas.
#pragma once

#include <optional>

#include "analysis/symmetry.h"
#include "plan/pieces.h"

namespace jitegral::plan {

// The integral over the whole range is `weight` times that over `range`, plus `rest`.
struct Part {
  Range range;
  double weight = 1;             // 0: what lies there cancels, if it has an integral at all
  std::optional<Range> cancels;  // what is left out because it cancels, if it has an integral at all
  std::optional<Piece> rest;     // the limits are doubles, periods are not: what they differ by
  double error = 0;              // of the rest
  rules::Period period{};        // what suits_trapezoid() finds, where it is one period
  std::string because;
};

// Half of a range for formulas that are even or odd about its middle; what has no mirror image for those that
// are odd about 0; one period for those whose range is whole periods. Nothing for other formulas, and where
// somebody gave breakpoints or wants a principal value.
std::optional<Part> part_for_whole(const Expr& formula, const Symbol& variable, const Range& range);

// One period of a formula whose range is whole periods.
std::optional<Part> one_period(const Expr& formula, const Symbol& variable, const Range& range);

// True if the trapezoidal rule is proven to find the integral over the one period that stands for the whole,
// to the last digits and without too many points.
bool suits_trapezoid(Part& part, const Expr& formula, const Symbol& variable);

// True if the range is whole periods up to rounding, and knowing that is of use: at least two, or one that
// cancels or that the trapezoidal rule may take.
bool is_over_periods(const analysis::Period& period, const Range& range);

}  // namespace jitegral::plan
