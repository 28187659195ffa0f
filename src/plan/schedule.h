// What the engine is told to do for one integral with known limits, and why.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.h"
#include "plan/options.h"
#include "plan/transform.h"

namespace jitegral::plan {

struct Schedule {
  std::string_view method;      // the rule that runs …
  std::string_view asked;       // … and the one asked for
  double sign = 1;              // -1 if the limits were reversed
  double lower = 0, upper = 0;  // in order; perhaps infinite
  Reach reach = Reach::finite;
  bool verify = false;             // look twice before believing convergence
  std::vector<rules::Comb> combs;  // fixed rules
  std::vector<double> ends;        // adaptive rules: the first panels, in the mapped variable …
  const rules::PanelRule* rule = &rules::usual_panel_rule();  // … and how they are looked at
};

// Whether the rule asked for fits the range. Errors: E307.
Expected<void> check_range(const Options& options, double from, double to,
                           const Expr::IntegralOptions& written);

// The name of the rule that runs over a range where no grid is asked for.
std::string_view adaptive_method(const Options& options, double from, double to);

// How far the range reaches in the variable in which the formula is integrated: rules for infinite ranges
// want it as it is.
Reach mapped_reach(const Options& options, double from, double to);

// `from` and `to` as written (not nan); `smooth` is what analysis says of the integrand. Errors: E310.
Expected<Schedule> make_schedule(bool smooth, const Options& options, double from, double to,
                                 const Expr::IntegralOptions& written);

// How many points combs have, and an interval that holds them and those behind the last that a vector of
// eight is filled up with.
struct Extent {
  std::uint64_t points = 0;
  Interval range = Interval::empty();
};
Extent extent_of(std::span<const rules::Comb> combs);

// Why the schedule is as it is, a sentence each.
std::vector<std::string> reasons(const Schedule& schedule, const Options& options);

}  // namespace jitegral::plan
