#include "rules/rule.h"

#include <algorithm>

#include "rules/clenshaw_curtis.h"
#include "rules/combs.h"
#include "rules/gauss_kronrod.h"

namespace jitegral::rules {

namespace {

constexpr PanelRule kronrod_15{.pairs = {&gauss_kronrod[0], 1}};
constexpr PanelRule kronrod_21{.pairs = {&gauss_kronrod[1], 1}};
constexpr PanelRule kronrod_31{.pairs = {&gauss_kronrod[2], 1}};
constexpr PanelRule kronrod_41{.pairs = {&gauss_kronrod[3], 1}};
constexpr PanelRule kronrod_51{.pairs = {&gauss_kronrod[4], 1}};
constexpr PanelRule kronrod_61{.pairs = {&gauss_kronrod[5], 1}};
constexpr PanelRule chebyshev{.pairs = clenshaw_curtis};
constexpr PanelRule double_exponential{};

constexpr Rule rules[] = {
    {.name = "left",
     .doc = "Left Riemann sum over n_iter subintervals, order 1: the classic loop.",
     .combs = left},
    {.name = "right", .doc = "Right Riemann sum over n_iter subintervals, order 1.", .combs = right},
    {.name = "midpoint",
     .doc = "Midpoint rule over n_iter subintervals, order 2; does not evaluate at the ends.",
     .combs = midpoint},
    {.name = "trapezoid",
     .doc = "Trapezoidal rule over n_iter subintervals, order 2; much better over whole periods.",
     .combs = trapezoid},
    {.name = "simpson",
     .doc = "Simpson's rule over n_iter subintervals (at least 2), order 4; if n_iter is odd, the last three "
            "take "
            "the 3/8 rule.",
     .min_points = 2,
     .combs = simpson},
    {.name = "gauss",
     .doc = "Gauss-Legendre with n_iter points, order 2 n_iter; above 10 points, panels of 10 points each "
            "(n_iter "
            "is rounded up to a multiple of 10).",
     .combs = gauss},
    {.name = "gauss_kronrod",
     .doc = "Adaptive Gauss-Kronrod with 10 and 21 points a panel: halves the panel with the largest error "
            "until "
            "the tolerance is met.",
     .panel = &kronrod_21},
    {.name = "gauss_kronrod15",
     .doc = "Adaptive Gauss-Kronrod with 7 and 15 points a panel.",
     .panel = &kronrod_15},
    {.name = "gauss_kronrod21", .doc = "The same as gauss_kronrod.", .panel = &kronrod_21},
    {.name = "gauss_kronrod31",
     .doc = "Adaptive Gauss-Kronrod with 15 and 31 points a panel.",
     .panel = &kronrod_31},
    {.name = "gauss_kronrod41",
     .doc = "Adaptive Gauss-Kronrod with 20 and 41 points a panel.",
     .panel = &kronrod_41},
    {.name = "gauss_kronrod51",
     .doc = "Adaptive Gauss-Kronrod with 25 and 51 points a panel.",
     .panel = &kronrod_51},
    {.name = "gauss_kronrod61",
     .doc = "Adaptive Gauss-Kronrod with 30 and 61 points a panel: for many waves on a panel.",
     .panel = &kronrod_61},
    {.name = "clenshaw_curtis",
     .doc = "Adaptive Clenshaw-Curtis with 17, 33 and 65 points a panel, each with all points of the one "
            "before; "
            "with n_iter a fixed rule of so many points (at least 2); above 65 panels of 33 points each.",
     .min_points = 2,
     .combs = clenshaw_curtis_combs,
     .panel = &chebyshev},
    {.name = "tanh_sinh",
     .doc = "Double exponential (Takahasi-Mori), in levels that halve the step and keep all points: for ends "
            "where "
            "the formula is singular. Over infinite ranges exp_sinh or sinh_sinh runs.",
     .panel = &double_exponential},
    {.name = "exp_sinh",
     .doc = "Double exponential over a half-infinite range.",
     .panel = &double_exponential,
     .infinite_ends = 1},
    {.name = "sinh_sinh",
     .doc = "Double exponential over the whole line.",
     .panel = &double_exponential,
     .infinite_ends = 2},
    {.name = "auto",
     .doc = "What suits the formula best: explain tells what, and why.",
     .panel = &kronrod_21},
};

}  // namespace

std::span<const Rule> table() { return rules; }

const Rule* find(std::string_view name) {
  const auto* const found = std::ranges::find(rules, name, &Rule::name);
  return found == std::end(rules) ? nullptr : found;
}

const PanelRule& usual_panel_rule() { return kronrod_21; }

}  // namespace jitegral::rules
