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

// Double exponential rules, by the number of infinite ends.
std::string_view sibling(int infinite_ends) {
  return infinite_ends == 0 ? "tanh_sinh" : infinite_ends == 1 ? "exp_sinh" : "sinh_sinh";
}

}  // namespace

Expected<void> check_range(const Options& options, double from, double to,
                           const Expr::IntegralOptions& written) {
  const int wanted = options.rule->infinite_ends, ends = std::isinf(from) + std::isinf(to);
  if (wanted < 0 || wanted == ends || from == to) return {};
  Span span = written.call;
  for (const auto& entry : written.entries)
    if (entry.name == "rule") span = entry.span;
  const char* const kind = ends == 0   ? " over a finite range"
                           : ends == 1 ? " over a half-infinite range"
                                       : " over the whole line";
  return fail(
      Code::bad_option_value, written.source, span,
      {"rule", "'" + std::string(sibling(ends)) + "'" + kind, "'" + std::string(options.rule->name) + "'"});
}

std::string_view adaptive_method(const Options& options, double from, double to) {
  if (options.rule->panel->is_double_exponential()) return sibling(std::isinf(from) + std::isinf(to));
  return options.rule->name == "auto" ? "gauss_kronrod" : options.rule->name;
}

Reach mapped_reach(const Options& options, double from, double to) {
  const bool as_it_is = !options.n_iter && options.rule->panel->is_double_exponential();
  return as_it_is ? Reach::finite : reach_of(std::min(from, to), std::max(from, to));
}

Expected<Schedule> make_schedule(bool smooth, const Options& options, double from, double to,
                                 const Expr::IntegralOptions& written) {
  Schedule schedule;
  schedule.sign = from <= to ? 1 : -1;
  schedule.lower = std::min(from, to);
  schedule.upper = std::max(from, to);
  schedule.reach = mapped_reach(options, from, to);
  if (options.n_iter) {
    if (schedule.reach != Reach::finite)
      return fail(Code::infinite_grid, written.source, std::isinf(from) ? written.lower : written.upper);
    plan_fixed(schedule, options, from, to);
  } else {
    schedule.method = adaptive_method(options, from, to);
    schedule.asked = options.rule->name;
    schedule.rule = options.rule->panel;
    schedule.verify = !smooth;
    schedule.ends = first_panels(schedule.reach, schedule.lower, schedule.upper, options.points);
  }
  return schedule;
}

Extent extent_of(std::span<const rules::Comb> combs) {
  constexpr std::uint64_t vector = 8;
  Extent extent;
  for (const rules::Comb& comb : combs) {
    const std::uint64_t vectors = (comb.count + vector - 1) / vector;
    const auto last = static_cast<double>(vectors * vector - 1);
    const auto [low, high] = std::minmax({comb.start, std::fma(last, comb.step, comb.start)});
    extent.points += comb.count;
    extent.range = hull(extent.range, {low, high});
  }
  return extent;
}

std::vector<std::string> reasons(const Schedule& schedule, const Options& options) {
  if (!schedule.combs.empty()) return {"a fixed grid was asked for: no accuracy is promised"};
  std::vector<std::string> list{"adaptive, to a relative tolerance of " +
                                to_text(options.tolerance.relative)};
  if (schedule.asked == "tanh_sinh" && schedule.method != schedule.asked)
    list.push_back("the range reaches infinity: " + std::string(schedule.method) + " is what " +
                   std::string(schedule.asked) + " is over finite ones");
  if (schedule.verify)
    list.emplace_back(
        "the formula has functions with kinks, jumps or branch points: convergence is checked with a "
        "second set of panels");
  if (schedule.ends.size() > 2)
    list.push_back("the range is split at " + std::to_string(schedule.ends.size() - 2) + " given points");
  return list;
}

}  // namespace jitegral::plan
