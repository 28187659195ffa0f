// Tails of formulas that decay faster than any power: where they are negligible, and where their mass is.
#pragma once

#include <optional>

#include "expr/expr.h"

namespace jitegral::plan {

struct Cut {
  double at = 0;
  double error = 0;  // a bound on the integral from there to infinity
};

// From where on, going from `from` to side*infinity, nothing is left that double precision could see beside
// what lies before: enclosures of |formula| over shells from + side*[r, 2r] times their lengths. Nothing
// where no such place is found, or no mass is seen.
std::optional<Cut> negligible_from(const Expr& formula, const Symbol& variable, double from, double side);

// Where |formula| was found to be largest between `from` and side*infinity: enclosures lead there. Nothing if
// only zeros were met.
std::optional<double> mass_beyond(const Expr& formula, const Symbol& variable, double from, double side);

}  // namespace jitegral::plan
