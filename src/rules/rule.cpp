#include "rules/rule.h"

#include <algorithm>
#include <array>

#include "rules/combs.h"

namespace jitegral::rules {

namespace {

constexpr std::array rules{
    Rule{.name = "left",
         .doc = "Left Riemann sum over n_iter subintervals, order 1: the classic loop.",
         .combs = left},
    Rule{.name = "right", .doc = "Right Riemann sum over n_iter subintervals, order 1.", .combs = right},
    Rule{.name = "midpoint",
         .doc = "Midpoint rule over n_iter subintervals, order 2; does not evaluate at the ends.",
         .combs = midpoint},
    Rule{.name = "trapezoid",
         .doc = "Trapezoidal rule over n_iter subintervals, order 2; much better over whole periods.",
         .combs = trapezoid},
    Rule{
        .name = "simpson",
        .doc =
            "Simpson's rule over n_iter subintervals (at least 2), order 4; if n_iter is odd, the last three "
            "take the 3/8 rule.",
        .min_points = 2,
        .combs = simpson},
    Rule{.name = "gauss",
         .doc =
             "Gauss-Legendre with n_iter points, order 2 n_iter; above 10 points, panels of 10 points each "
             "(n_iter is rounded up to a multiple of 10).",
         .combs = gauss},
    Rule{.name = "gauss_kronrod",
         .doc =
             "Adaptive Gauss-Kronrod with 10 and 21 points a panel: halves the panel with the largest error "
             "until the tolerance is met.",
         .kind = Kind::adaptive},
    Rule{.name = "auto",
         .doc = "What suits the formula best: explain tells what, and why.",
         .kind = Kind::adaptive},
};

}  // namespace

std::span<const Rule> table() { return rules; }

const Rule* find(std::string_view name) {
  const auto* const found = std::ranges::find(rules, name, &Rule::name);
  return found == rules.end() ? nullptr : found;
}

}  // namespace jitegral::rules
