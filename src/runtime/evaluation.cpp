#include "runtime/evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/leaves.h"
#include "kernel/native_kernel.h"
#include "plan/reach.h"

namespace jitegral::runtime {

namespace {

using engine::Status;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Outcome impossible{.value = nan, .error = infinity, .status = Status::non_finite};

// How much a sum of both is worth.
Status weaker(Status a, Status b) {
  static constexpr Status order[] = {Status::converged,  Status::fixed,  Status::not_converged,
                                     Status::non_finite, Status::budget, Status::cancelled};
  return std::max(
      a, b, [](Status x, Status y) { return std::ranges::find(order, x) < std::ranges::find(order, y); });
}

Kernel kernel_of(void (*batch)(const double* const*, const double*, double*, std::int64_t),
                 const Body& body) {
  return native_kernel({.batch = batch, .grid = batch != nullptr ? nullptr : body.grid}, body.chunk, {});
}

}  // namespace

// The integrand of an integral that has integrals inside.
class NestedKernel final : public Kernel::Code {
 public:
  NestedKernel(Evaluation& evaluation, const Body& body, const Evaluation::Around& inside)
      : evaluation_(evaluation),
        body_(body),
        inside_(inside),
        values_(kernel_of(body.batch, body)),
        noise_(body.noise != nullptr ? kernel_of(body.noise, body) : Kernel()) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    std::vector<double> inner(2 * body_.inner_count * points.count, nan);
    for (std::size_t i = 0; i < points.count; ++i) fill(points, i, inner);
    std::vector<const double*> axes{points.axes[0]};
    for (std::size_t k = 0; k < 2 * body_.inner_count; ++k) axes.push_back(inner.data() + k * points.count);
    const std::span<const double* const> all(axes);
    values_.eval({all.first(1 + body_.inner_count), points.params, points.count}, y);
    if (noise == nullptr) return;
    if (noise_)
      noise_.eval({all, points.params, points.count}, noise);
    else
      std::fill_n(noise, points.count, infinity);
  }

  [[nodiscard]] std::uint64_t chunk() const noexcept override { return 8; }
  [[nodiscard]] bool noisy() const noexcept override { return true; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "native"; }

 private:
  void fill(const Points& points, std::size_t i, std::vector<double>& inner) const {
    if (inside_.deadline != Evaluation::never && std::chrono::steady_clock::now() >= inside_.deadline) return;
    evaluation_.environment_[body_.variable] = points.axes[0][i];
    for (std::size_t k = 0; k < body_.inner_count; ++k) {
      const Outcome one = evaluation_.integral_of(*body_.inner[k], inside_);
      inner[k * points.count + i] = one.value;
      inner[(body_.inner_count + k) * points.count + i] = one.error;
    }
  }

  Evaluation& evaluation_;
  const Body& body_;
  Evaluation::Around inside_;
  Kernel values_, noise_;
};

Evaluation::Evaluation(const Function& function, std::span<const double> arguments)
    : environment_(function.environment, nan), known_(function.known), relative_(function.relative) {
  set(arguments);
}

void Evaluation::set(std::span<const double> arguments) {
  std::ranges::copy(arguments, environment_.begin());
}

Outcome Evaluation::expression_of(const Expression& expression, const Around& around) {
  if (expression.value == nullptr) return integral_of(*expression.integrals[0], around);
  Outcome all;
  for (std::size_t i = 0; i < expression.count; ++i) {
    const Outcome one = integral_of(*expression.integrals[i], around);
    environment_[expression.slot + i] = one.value;
    environment_[expression.slot + expression.count + i] = one.error;
    all.status = weaker(all.status, one.status);
  }
  all.value = expression.value(environment_.data());
  if (expression.count != 0)
    all.error = expression.error != nullptr ? expression.error(environment_.data()) : infinity;
  return all;
}

Outcome Evaluation::integral_of(const Integral& integral, const Around& around) {
  if (integral.known == none) return as_written(integral, around);
  if (!known_[integral.known].is) {
    const Outcome outcome = as_written(integral, around);
    known_[integral.known] = {.is = true, .outcome = outcome};
  }
  return known_[integral.known].outcome;
}

Outcome Evaluation::as_written(const Integral& integral, const Around& around) {
  const Outcome lower = expression_of(*integral.lower, around);
  const Outcome upper = expression_of(*integral.upper, around);
  const double relative = std::isnan(integral.relative) ? around.relative : integral.relative;
  Outcome outcome = run(integral,
                        {.from = lower.value,
                         .to = upper.value,
                         .tolerance = {.relative = relative, .absolute = integral.absolute},
                         .n_iter = integral.n_iter},
                        around);
  if (lower.error + upper.error > 0) {  // a limit that is itself uncertain
    outcome.error = infinity;
    outcome.status = weaker(outcome.status, Status::not_converged);
  }
  return outcome;
}

Outcome Evaluation::run(const Integral& integral, const Order& order, Around around) {
  if (std::isnan(order.from) || std::isnan(order.to)) return impossible;
  const bool fixed = order.n_iter != 0;
  if (order.from == order.to) return {.status = fixed ? Status::fixed : Status::converged};
  const plan::Reach reach = plan::reach_of(std::min(order.from, order.to), std::max(order.from, order.to));
  const Body* body = integral.bodies[static_cast<std::size_t>(reach)];
  if (body == nullptr) return impossible;  // a fixed grid without end
  if (std::isfinite(integral.time_limit)) {
    const auto limit = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(std::min(integral.time_limit, 1e9)));
    around.deadline = std::min(around.deadline, std::chrono::steady_clock::now() + limit);
  }
  if (body->end != none) {
    const auto [lower, upper] = std::minmax(order.from, order.to);
    environment_[body->end] = reach == plan::Reach::left ? upper : lower;
  }
  const Around inside{order.tolerance.relative * 0.1, around.deadline};
  const Kernel kernel = body->inner_count != 0
                            ? Kernel(std::make_shared<const NestedKernel>(*this, *body, inside))
                            : kernel_of(body->batch, *body);
  return fixed ? grid(integral, order, kernel, around) : adaptive(integral, order, *body, kernel, around);
}

Outcome Evaluation::grid(const Integral& integral, const Order& order, const Kernel& kernel,
                         const Around& around) {
  const Body& body = *integral.bodies[0];
  const std::vector<double> params = params_of(body);
  const auto combs = rules::table()[integral.rule].combs(order.from, order.to, order.n_iter);
  engine::Control control;
  control.deadline = around.deadline;
  const engine::Result result = engine::sum_combs_in_turn(kernel, params, combs, control);
  return {result.estimate.value, result.estimate.error, result.status};
}

Outcome Evaluation::adaptive(const Integral& integral, const Order& order, const Body& body,
                             const Kernel& kernel, const Around& around) {
  const auto [lower, upper] = std::minmax(order.from, order.to);
  const std::vector<double> params = params_of(body);
  const std::vector<double> ends =
      plan::first_panels(plan::reach_of(lower, upper), lower, upper, points_of(integral));
  engine::Adaptive adaptive{order.tolerance, integral.max_evaluations, body.smooth == 0};
  if (const rules::PanelRule* rule = rules::table()[integral.rule].panel) adaptive.rule = rule;
  Kernel rounding;
  if (body.rounding != nullptr) {
    rounding = kernel_of(body.rounding, body);
    adaptive.rounding = &rounding;
  }
  engine::Control control;
  control.deadline = around.deadline;
  const engine::Result result = engine::integrate_adaptive(kernel, params, ends, adaptive, control);
  const double sign = order.from <= order.to ? 1 : -1;
  return {sign * result.estimate.value, result.estimate.error, result.status};
}

std::vector<double> Evaluation::params_of(const Body& body) const {
  std::vector<double> params;
  for (std::size_t i = 0; i < body.param_count; ++i) params.push_back(environment_[body.params[i]]);
  return params;
}

std::vector<double> Evaluation::points_of(const Integral& integral) const {
  std::vector<double> points;
  for (std::size_t i = 0; i < integral.point_count; ++i)
    points.push_back(integral.points[i](environment_.data()));
  return points;
}

}  // namespace jitegral::runtime
