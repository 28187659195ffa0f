#include "api/nested_kernel.h"

#include <algorithm>
#include <limits>

namespace jitegral {

void NestedKernel::eval(const Points& points, double* y, double* noise) const noexcept {
  const std::size_t inner = integrand_.inner.size();
  Columns columns(2 * inner, std::vector<double>(points.count, std::numeric_limits<double>::quiet_NaN()));
  engine::for_each_index(points.count, jobs_, [&](std::size_t i) { fill(points, i, columns); });
  std::vector<const double*> axes{points.axes[0]};
  for (const auto& column : columns) axes.push_back(column.data());
  const std::span<const double* const> all(axes);
  integrand_.body.eval({all.first(1 + inner), points.params, points.count}, y);
  if (noise == nullptr) return;
  if (integrand_.noise)
    integrand_.noise.eval({all, points.params, points.count}, noise);
  else
    std::fill_n(noise, points.count, std::numeric_limits<double>::infinity());
}

void NestedKernel::fill(const Points& points, std::size_t i, Columns& columns) const {
  if (inside_.control.is_cancelled() || inside_.control.is_late() || run_.failed()) return;
  const Failure::Scope failing(inside_.control.failure);  // limits may call the host's functions
  std::vector<double> scope(points.params.begin(), points.params.end());
  scope.push_back(points.axes[0][i]);
  for (std::size_t k = 0; k < integrand_.inner.size(); ++k) {
    const Integrand::Inner& inner = integrand_.inner[k];
    auto outcome = inner.integral->run(inner.values(scope), inside_, run_);
    if (!outcome) return run_.fail(std::move(outcome).error());
    evaluations_ += outcome->evaluations;
    columns[k][i] = outcome->value;
    columns[integrand_.inner.size() + k][i] = outcome->error;
  }
}

}  // namespace jitegral
