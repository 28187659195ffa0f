#include "plan/schedule.h"

#include <algorithm>
#include <cmath>

#include "expr/print.h"

namespace jitegral::plan {
namespace {

void plan_fixed(Schedule& schedule, const Options& options, double from, double to) {
  schedule.method = options.rule->name;
  schedule.sign = 1;  // a grid runs from `from` to `to`, whichever is larger
  schedule.combs = options.rule->combs(from, to, *options.n_iter);
}

}  // namespace

std::string_view adaptive_method(const Options& options) {
  return options.rule->name == "auto" ? "gauss_kronrod" : options.rule->name;
}

Expected<Schedule> make_schedule(bool smooth, const Options& options, double from, double to,
                                 const Expr::IntegralOptions& written) {
  Schedule schedule;
  schedule.sign = from <= to ? 1 : -1;
  schedule.lower = std::min(from, to);
  schedule.upper = std::max(from, to);
  schedule.reach = reach_of(schedule.lower, schedule.upper);
  if (options.n_iter) {
    if (schedule.reach != Reach::finite)
      return fail(Code::infinite_grid, written.source, std::isinf(from) ? written.lower : written.upper);
    plan_fixed(schedule, options, from, to);
  } else {
    schedule.method = adaptive_method(options);
    schedule.rule = options.rule->panel;
    schedule.verify = !smooth;
    schedule.ends = first_panels(schedule.reach, schedule.lower, schedule.upper, options.points);
  }
  return schedule;
}

std::vector<std::string> reasons(const Schedule& schedule, const Options& options) {
  if (!schedule.combs.empty()) return {"a fixed grid was asked for: no accuracy is promised"};
  std::vector<std::string> list{"adaptive, to a relative tolerance of " +
                                to_text(options.tolerance.relative)};
  if (schedule.verify)
    list.emplace_back(
        "the formula has functions with kinks, jumps or branch points: convergence is checked with a "
        "second set of panels");
  if (schedule.ends.size() > 2)
    list.push_back("the range is split at " + std::to_string(schedule.ends.size() - 2) + " given points");
  return list;
}

}  // namespace jitegral::plan
