// The way that most small integrals go, through handles above all: nothing to divide, no integrals inside,
// one panel of a finite range is enough. It is PreparedIntegral::run without what that case does not need.
#include <algorithm>
#include <array>
#include <cmath>

#include "api/prepared.h"

namespace jitegral {

std::optional<Outcome> PreparedIntegral::run_plain(Ends ends, std::span<const double> values,
                                                   const plan::Options& options) const {
  const auto [lower, upper] = std::minmax(ends.from, ends.to);
  const bool fits = nature_.plain && !options.n_iter && !options.rule->panel->is_double_exponential() &&
                    options.points.empty() && lower < upper && std::isfinite(lower) && std::isfinite(upper) &&
                    std::isinf(options.time_limit);
  if (!fits || !is_slow(nature_, lower, upper, values)) return std::nullopt;
  if (may_fold(nature_, lower, upper) &&
      is_divisible(integral_->arguments[0], nature_, plan::range_of(lower, upper, options), values))
    return std::nullopt;
  const Integrand* made = integrands_[place_of(plan::Reach::finite, false)].load(std::memory_order_acquire);
  if (made == nullptr || !made->smooth || !made->values.is_everything()) return std::nullopt;
  const std::array panel{lower, upper};
  const std::uint64_t one_panel = options.rule->panel->pairs.front().points;
  const engine::Adaptive order{.tolerance = options.tolerance,
                               .max_evaluations = std::min(options.max_evals, one_panel),
                               .rounding = made->rounding ? &made->rounding : nullptr,
                               .rule = options.rule->panel};
  const engine::Result result = engine::integrate_adaptive(made->body, values, panel, order, {});
  if (result.status != engine::Status::converged) return std::nullopt;
  return Outcome{.value = ends.from < ends.to ? result.estimate.value : -result.estimate.value,
                 .error = result.estimate.error,
                 .status = Status::converged,
                 .method = plan::adaptive_method(options, lower, upper),
                 .tier = made->body.tier(),
                 .evaluations = result.estimate.evaluations};
}

}  // namespace jitegral
