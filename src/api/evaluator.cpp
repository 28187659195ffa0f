#include "api/evaluator.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "analysis/smoothness.h"
#include "expr/rounding.h"
#include "expr/tape.h"
#include "expr/transform.h"

namespace jitegral {

// An integral over a range of known reach, compiled. Integrals inside it are `slots`: columns of values that
// are computed point by point before the body is.
struct Evaluator::Prepared {
  plan::Mapped mapped;
  bool smooth = true;
  bool closed = false;           // depends on nothing
  std::vector<Expr> inner;       // the integrals inside
  std::vector<Symbol> params;    // free symbols, `mapped.end` among them
  Kernel body;                   // over the variable, then the slots
  Kernel noise;                  // over the variable, the slots, then the slots' errors; may be empty
  std::optional<Tape> rounding;  // a bound on the body's rounding error, over the variable, then the params
};

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Status to_status(engine::Status status) {
  switch (status) {
    case engine::Status::fixed:
      return Status::fixed;
    case engine::Status::converged:
      return Status::converged;
    case engine::Status::not_converged:
      return Status::not_converged;
    case engine::Status::non_finite:
      return Status::non_finite;
    case engine::Status::budget:
      return Status::budget;
    case engine::Status::cancelled:
      return Status::cancelled;
  }
  return Status::not_converged;
}

// The weaker of two: how much a sum of both is worth.
Status weaker(Status a, Status b) {
  static constexpr Status order[] = {Status::value,         Status::converged,  Status::fixed,
                                     Status::not_converged, Status::non_finite, Status::divergent,
                                     Status::budget,        Status::cancelled};
  return std::max(
      a, b, [](Status x, Status y) { return std::ranges::find(order, x) < std::ranges::find(order, y); });
}

// A formula with its integrals replaced by symbols, and a bound on its error from theirs.
struct Opened {
  Expr formula;
  std::vector<Symbol> slots, errors;
  std::optional<Expr>
      noise;  // sum over slots of |d formula / d slot| * error; absent if there is no derivative
};

Opened open(const Expr& formula, const std::vector<Expr>& integrals) {
  Opened opened;
  std::unordered_map<Expr, Expr> replacement;
  for (const Expr& integral : integrals) {
    opened.slots.emplace_back("slot");
    opened.errors.emplace_back("error");
    replacement.emplace(integral, Expr::variable(opened.slots.back()));
  }
  opened.formula = simplify(substitute(formula, replacement));
  Expr sum = Expr::number(0);
  for (std::size_t i = 0; i < integrals.size(); ++i) {
    const auto derivative = differentiate(opened.formula, opened.slots[i]);
    if (!derivative) return opened;
    const Expr slope = Expr::apply(functions::operation(Instruction::absolute), {*derivative});
    const Expr term = Expr::apply(*functions::find("*"), {slope, Expr::variable(opened.errors[i])});
    sum = Expr::apply(*functions::find("+"), {sum, term});
  }
  opened.noise = simplify(sum);
  return opened;
}

void join_method(Outcome& all, const Outcome& one) {
  if (all.method == "arithmetic")
    all.method = one.method;
  else if (all.method.find(one.method) == std::string::npos)
    all.method += "+" + one.method;
}

}  // namespace

// The integrand of an integral that has integrals inside.
class NestedKernel final : public Kernel::Code {
 public:
  NestedKernel(Evaluator& evaluator, const Evaluator::Prepared& prepared, const Bindings& bindings,
               const Evaluator::Surroundings& inside, const engine::Jobs& jobs)
      : evaluator_(evaluator), prepared_(prepared), bindings_(bindings), inside_(inside), jobs_(jobs) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    const std::size_t slots = prepared_.inner.size();
    std::vector<std::vector<double>> columns(2 * slots, std::vector<double>(points.count, nan));
    engine::for_each_index(points.count, jobs_, [&](std::size_t i) { fill(points, i, columns); });
    std::vector<const double*> axes{points.axes[0]};
    for (const auto& column : columns) axes.push_back(column.data());
    const std::span<const double* const> all(axes);
    prepared_.body.eval({all.first(1 + slots), points.params, points.count}, y);
    if (noise == nullptr) return;
    if (prepared_.noise)
      prepared_.noise.eval({all, points.params, points.count}, noise);
    else
      std::fill_n(noise, points.count, std::numeric_limits<double>::infinity());
  }

  [[nodiscard]] std::uint64_t chunk() const noexcept override { return 8; }
  [[nodiscard]] bool noisy() const noexcept override { return true; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "native"; }
  // Of the innermost formulas, so far.
  [[nodiscard]] std::uint64_t evaluations() const noexcept { return evaluations_; }

 private:
  void fill(const Points& points, std::size_t i, std::vector<std::vector<double>>& columns) const {
    if (inside_.control.is_cancelled() || inside_.control.is_late() || evaluator_.failed_) return;
    Bindings here = bindings_;
    here.bind(prepared_.mapped.variable, points.axes[0][i]);
    for (std::size_t k = 0; k < prepared_.inner.size(); ++k) {
      auto inner = evaluator_.closed_or_new(prepared_.inner[k], here, inside_);
      if (!inner) {
        std::scoped_lock lock(evaluator_.mutex_);
        if (!evaluator_.failed_.exchange(true)) evaluator_.mistake_ = std::move(inner).error();
        return;
      }
      evaluations_ += inner->evaluations;
      columns[k][i] = inner->value;
      columns[prepared_.inner.size() + k][i] = inner->error;
    }
  }

  Evaluator& evaluator_;
  const Evaluator::Prepared& prepared_;
  const Bindings& bindings_;
  Evaluator::Surroundings inside_;
  engine::Jobs jobs_;
  mutable std::atomic<std::uint64_t> evaluations_ = 0;
};

Expected<Outcome> Evaluator::evaluate(const Expr& expr, const Bindings& bindings) {
  return formula(expr, bindings, {0, defaults_, control_});
}

Expected<Outcome> Evaluator::formula(const Expr& expr, const Bindings& bindings, const Surroundings& around) {
  if (!expr->has_integral) return Outcome{.value = jitegral::evaluate(expr, bindings)};
  if (expr->kind == ExprKind::integral) return closed_or_new(expr, bindings, around);
  const std::vector<Expr> integrals = outermost_integrals(expr);
  const Opened opened = open(expr, integrals);
  Bindings values = bindings;
  Outcome all{.tier = "native"};
  for (std::size_t i = 0; i < integrals.size(); ++i) {
    TRY(one, closed_or_new(integrals[i], bindings, around));
    values.bind(opened.slots[i], one.value);
    values.bind(opened.errors[i], one.error);
    all.status = weaker(all.status, one.status);
    all.evaluations += one.evaluations;
    all.n_jobs = std::max(all.n_jobs, one.n_jobs);
    join_method(all, one);
  }
  all.value = jitegral::evaluate(opened.formula, values);
  all.error =
      opened.noise ? jitegral::evaluate(*opened.noise, values) : std::numeric_limits<double>::infinity();
  return all;
}

Expected<Outcome> Evaluator::closed_or_new(const Expr& expr, const Bindings& bindings,
                                           const Surroundings& around) {
  {
    std::scoped_lock lock(mutex_);
    if (auto found = known_.find(expr); found != known_.end()) return found->second;
  }
  return integral(expr, bindings, around);
}

// A limit may be an integral itself; what it adds to the error is |f(limit)| times its own error.
Expected<double> Evaluator::limit(const Expr& integral, bool upper, const Bindings& bindings,
                                  const Surroundings& around, Outcome& inner) {
  TRY(found, formula(integral->arguments[upper ? 2 : 1], bindings, around));
  inner = found;
  if (around.control.is_cancelled()) return 0.0;  // the run that follows sees it too, and says so
  const auto& written = *integral->options;
  if (std::isnan(found.value))
    return fail(Code::limit_not_a_number, written.source, upper ? written.upper : written.lower,
                {upper ? "upper" : "lower"});
  return found.value;
}

Expected<Outcome> Evaluator::integral(const Expr& expr, const Bindings& bindings,
                                      const Surroundings& around) {
  const auto& written = *expr->options;
  TRY(options, plan::resolve(written, bindings, around.defaults));
  Outcome lower, upper;
  TRY(from, limit(expr, false, bindings, around, lower));
  TRY(to, limit(expr, true, bindings, around, upper));
  const bool grid = options.n_iter.has_value();
  const plan::Reach reach = plan::reach_of(std::min(from, to), std::max(from, to));
  if (from == to)
    return Outcome{.status = grid ? Status::fixed : Status::converged,
                   .method = std::string(options.rule->name),
                   .tier = "native"};
  TRY(prepared, prepare(expr, reach, grid));
  TRY(schedule, plan::make_schedule(prepared->smooth, options, from, to, written));
  Surroundings here = around;
  if (std::isfinite(options.time_limit)) {
    const auto limit = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(std::min(options.time_limit, 1e9)));
    here.control.deadline = std::min(here.control.deadline, std::chrono::steady_clock::now() + limit);
  }
  Outcome outcome = run(*prepared, schedule, options, bindings, here);
  TRY_VOID(first_mistake());
  if (lower.error + upper.error > 0) {
    outcome.error = std::numeric_limits<double>::infinity();
    outcome.status = weaker(outcome.status, Status::not_converged);
  }
  outcome.evaluations += lower.evaluations + upper.evaluations;
  if (prepared->closed && outcome.status != Status::cancelled) {
    std::scoped_lock lock(mutex_);
    known_.emplace(expr, outcome);
  }
  return outcome;
}

Expected<std::shared_ptr<const Evaluator::Prepared>> Evaluator::prepare(const Expr& integral,
                                                                        plan::Reach reach, bool grid) {
  const std::scoped_lock lock(preparing_);  // threads that need the same kernel wait for the first one
  const Key key{integral, reach, grid};
  if (auto found = prepared_.find(key); found != prepared_.end()) return found->second;
  TRY(made, make(integral, reach, grid));
  return prepared_.emplace(key, std::move(made)).first->second;
}

Expected<std::shared_ptr<Evaluator::Prepared>> Evaluator::make(const Expr& integral, plan::Reach reach,
                                                               bool grid) {
  if (const std::size_t size = node_count(integral->arguments[0]); size > codegen::largest_kernel) {
    const auto& written = *integral->options;
    return fail(Code::formula_too_large, written.source, written.call,
                {std::to_string(size), std::to_string(codegen::largest_kernel)});
  }
  auto prepared = std::make_shared<Prepared>();
  prepared->mapped = plan::map_to_finite(integral->arguments[0], integral->symbol, reach);
  prepared->smooth = analysis::is_smooth(prepared->mapped.integrand);
  prepared->closed = free_symbols(integral).empty();
  prepared->inner = outermost_integrals(prepared->mapped.integrand);
  prepared->params = free_symbols(prepared->mapped.integrand);
  std::erase(prepared->params, prepared->mapped.variable);
  const Opened opened = open(prepared->mapped.integrand, prepared->inner);
  codegen::KernelSource source{opened.formula, {prepared->mapped.variable}, prepared->params};
  source.axes.insert(source.axes.end(), opened.slots.begin(), opened.slots.end());
  TRY(body, jit_.kernel(source, grid && prepared->inner.empty()));
  prepared->body = body;
  if (prepared->inner.empty()) {
    std::vector<Symbol> symbols{prepared->mapped.variable};
    symbols.insert(symbols.end(), prepared->params.begin(), prepared->params.end());
    if (!grid) prepared->rounding.emplace(rounding_bound(opened.formula, prepared->mapped.variable), symbols);
    return prepared;
  }
  if (!opened.noise) return prepared;
  source.formula = *opened.noise;
  source.axes.insert(source.axes.end(), opened.errors.begin(), opened.errors.end());
  TRY(noise, jit_.kernel(source, false));
  prepared->noise = noise;
  return prepared;
}

Outcome Evaluator::run(const Prepared& prepared, const plan::Schedule& schedule, const plan::Options& options,
                       const Bindings& bindings, const Surroundings& around) {
  Bindings values = bindings;
  const double end = schedule.reach == plan::Reach::left ? schedule.upper : schedule.lower;
  if (schedule.reach != plan::Reach::finite) values.bind(prepared.mapped.end, end);
  std::vector<double> params;
  for (const Symbol& symbol : prepared.params) {
    const double* value = values.find(symbol);
    params.push_back(value != nullptr ? *value : nan);
  }
  const bool nested = !prepared.inner.empty();
  const engine::Jobs serial{1, engine::Backend::serial};
  const engine::Jobs jobs = around.depth == 0 ? options.jobs : serial;
  // Inner integrals are a little more exact than asked for, so that their noise does not spoil the outer one.
  Surroundings inside{around.depth + 1, defaults_, around.control};
  inside.defaults.tolerance.relative = options.tolerance.relative * 0.1;
  inside.control.progress = nullptr;
  const bool grid = !schedule.combs.empty();
  const auto nested_code =
      nested ? std::make_shared<const NestedKernel>(*this, prepared, values, inside, grid ? serial : jobs)
             : nullptr;
  const Kernel kernel = nested ? Kernel(nested_code) : prepared.body;
  engine::Adaptive adaptive{options.tolerance, options.max_evals, schedule.verify};
  if (prepared.rounding)
    adaptive.rounding = [&](double x) {
      std::vector<double> point{x};
      point.insert(point.end(), params.begin(), params.end());
      return (*prepared.rounding)(point);
    };
  const engine::Result result =
      grid ? engine::sum_combs(kernel, params, schedule.combs, jobs, around.control)
           : engine::integrate_adaptive(kernel, params, schedule.ends, adaptive, around.control);
  Outcome outcome{.value = schedule.sign * result.estimate.value,
                  .error = result.estimate.error,
                  .status = to_status(result.status),
                  .method = std::string(schedule.method),
                  .tier = std::string(kernel.tier()),
                  .evaluations = nested ? nested_code->evaluations() : result.estimate.evaluations,
                  .n_jobs = grid || nested ? jobs.threads() : 1};
  if (around.control.is_cancelled()) outcome.status = Status::cancelled;
  return outcome;
}

Expected<void> Evaluator::first_mistake() {
  if (!failed_) return {};
  std::scoped_lock lock(mutex_);
  return std::unexpected(*mistake_);
}

}  // namespace jitegral
