#include "api/explain.h"

#include <algorithm>
#include <cmath>

#include "analysis/smoothness.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "plan/schedule.h"

namespace jitegral {
namespace {

struct Explanation {
  const plan::Options& defaults;
  std::string text;

  void line(int depth, const std::string& words) {
    text.append(2 * static_cast<std::size_t>(depth), ' ');
    text += words + "\n";
  }

  // Limits that depend on surrounding variables are not known before the run.
  static bool is_constant(const Expr& limit) { return !limit->has_integral && free_symbols(limit).empty(); }

  Expected<void> integral(const Expr& expr, int depth) {
    const Expr &body = expr->arguments[0], &lower = expr->arguments[1], &upper = expr->arguments[2];
    line(depth, "integral of " + to_text(body));
    line(depth, "  over " + expr->symbol.name() + " from " + to_text(lower) + " to " + to_text(upper));
    TRY(options, plan::resolve(*expr->options, {}, defaults));
    if (is_constant(lower) && is_constant(upper)) TRY_VOID(schedule(expr, options, depth));
    for (const Expr& inner : outermost_integrals(body)) TRY_VOID(integral(inner, depth + 1));
    return {};
  }

  Expected<void> schedule(const Expr& expr, const plan::Options& options, int depth) {
    const double from = evaluate(expr->arguments[1]), to = evaluate(expr->arguments[2]);
    const plan::Reach reach = plan::reach_of(std::min(from, to), std::max(from, to));
    const plan::Mapped mapped = plan::map_to_finite(expr->arguments[0], expr->symbol, reach);
    TRY(schedule,
        plan::make_schedule(analysis::is_smooth(mapped.integrand), options, from, to, *expr->options));
    line(depth, "  transform: " + std::string(mapped.because));
    if (reach != plan::Reach::finite) line(depth, "  integrand: " + to_text(mapped.integrand));
    line(depth, "  rule: " + std::string(schedule.method));
    for (const std::string& reason : plan::reasons(schedule, options)) line(depth, "  because: " + reason);
    return {};
  }
};

}  // namespace

Expected<std::string> explain_formula(const Expr& formula, const plan::Options& defaults) {
  Explanation explanation{defaults, {}};
  if (!formula->has_integral) explanation.line(0, "plain arithmetic: " + to_text(formula));
  for (const Expr& integral : outermost_integrals(formula)) TRY_VOID(explanation.integral(integral, 0));
  return std::move(explanation.text);
}

}  // namespace jitegral
