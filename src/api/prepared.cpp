#include "api/prepared.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "analysis/smoothness.h"
#include "analysis/taylor.h"
#include "api/evaluation.h"
#include "api/extended.h"
#include "api/fallible_kernel.h"
#include "api/joined.h"
#include "api/nested_kernel.h"
#include "expr/opened.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

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

// What a mapped integrand may depend on: the values, and the end of a range that has one.
std::vector<double> in_scope(std::span<const double> values, const plan::Schedule& schedule) {
  std::vector<double> scope(values.begin(), values.end());
  if (schedule.reach != plan::Reach::finite)
    scope.push_back(schedule.reach == plan::Reach::left ? schedule.upper : schedule.lower);
  return scope;
}

const Kernel* rounding_of(const Kernel& kernel) { return kernel ? &kernel : nullptr; }

}  // namespace

Selection::Selection(std::span<const Symbol> wanted, std::span<const Symbol> scope)
    : everything_(std::ranges::equal(wanted, scope)) {
  for (const Symbol& symbol : wanted)
    places_.push_back(static_cast<std::size_t>(std::ranges::find(scope, symbol) - scope.begin()));
}

std::vector<double> Selection::operator()(std::span<const double> scope) const {
  std::vector<double> values;
  values.reserve(places_.size());
  for (std::size_t place : places_) values.push_back(place < scope.size() ? scope[place] : nan);
  return values;
}

PreparedFormula::PreparedFormula(const Expr& formula, const std::shared_ptr<jit::Jit>& jit)
    : is_integral_(formula->kind == ExprKind::integral) {
  if (formula.is_number()) {
    number_ = formula->value;
    return;
  }
  parameters_ = free_symbols(formula);
  const std::vector<Expr> integrals = outermost_integrals(formula);
  for (const Expr& integral : integrals) {
    auto prepared = PreparedIntegral::make(integral, jit);
    Selection values(prepared->parameters(), parameters_);
    parts_.push_back({std::move(prepared), std::move(values)});
  }
  if (is_integral_) return;
  const Opened opened = open(formula, integrals);
  const std::vector<Symbol> symbols = joined(parameters_, opened.slots);
  value_ = Tape(opened.formula, symbols);
  if (opened.noise) errors_.emplace(*opened.noise, joined(symbols, opened.errors));
}

Expected<Outcome> PreparedFormula::run(std::span<const double> values, const Surroundings& around,
                                       Evaluation& run) const {
  if (number_) return Outcome{.value = *number_};
  if (is_integral_) return parts_[0].integral->run(parts_[0].values(values), around, run);
  Outcome all;
  if (parts_.empty()) {
    all.value = value_(values);
    return all;
  }
  std::vector<double> slots, errors;
  for (const Part& part : parts_) {
    TRY(one, part.integral->run(part.values(values), around, run));
    slots.push_back(one.value);
    errors.push_back(one.error);
    all.join(one);
  }
  const std::vector<double> known = joined(values, slots);
  all.value = value_(known);
  all.error = errors_ ? (*errors_)(joined(known, errors)) : infinity;
  return all;
}

std::shared_ptr<const PreparedIntegral> PreparedIntegral::make(const Expr& integral,
                                                               std::shared_ptr<jit::Jit> jit) {
  return std::shared_ptr<const PreparedIntegral>(new PreparedIntegral(integral, std::move(jit)));
}

PreparedIntegral::PreparedIntegral(Expr integral, std::shared_ptr<jit::Jit> jit)
    : integral_(std::move(integral)),
      jit_(std::move(jit)),
      parameters_(free_symbols(integral_)),
      lower_{PreparedFormula(integral_->arguments[1], jit_), {}},
      upper_{PreparedFormula(integral_->arguments[2], jit_), {}} {
  nature_ = nature_of(integral_->arguments[0], integral_->symbol, parameters_);
  for (Limit* limit : {&lower_, &upper_}) limit->values = Selection(limit->formula.parameters(), parameters_);
  for (const auto& entry : integral_->options->entries)
    for (const Expr& value : entry.values) options_vary_ = options_vary_ || !free_symbols(value).empty();
}

PreparedIntegral::~PreparedIntegral() {
  for (const auto& made : integrands_) delete made.load();
}

Expected<plan::Options> PreparedIntegral::options(std::span<const double> values,
                                                  const plan::Options& defaults) const {
  Bindings bindings;
  if (options_vary_)
    for (std::size_t i = 0; i < parameters_.size(); ++i) bindings.bind(parameters_[i], values[i]);
  return plan::resolve(*integral_->options, bindings, defaults);
}

// A limit may be an integral itself; what it adds to the error is |f(limit)| times its own error.
Expected<double> PreparedIntegral::limit(bool upper, std::span<const double> values,
                                         const Surroundings& around, Evaluation& run, Outcome& inner) const {
  const Limit& limit = upper ? upper_ : lower_;
  if (const auto number = limit.formula.number(); number && !std::isnan(*number)) return *number;
  TRY(found, limit.formula.run(limit.values(values), around, run));
  inner = found;
  if (around.control.is_cancelled()) return 0.0;  // the run that follows sees it too, and says so
  const auto& written = *integral_->options;
  if (std::isnan(found.value))
    return fail(Code::limit_not_a_number, written.source, upper ? written.upper : written.lower,
                {upper ? "upper" : "lower"});
  return found.value;
}

Expected<Outcome> PreparedIntegral::run(std::span<const double> values, const Surroundings& around,
                                        Evaluation& run) const {
  if (is_closed())
    if (auto known = run.known(integral_)) return *known;
  TRY(options, this->options(values, around.defaults));
  Outcome lower, upper;
  TRY(from, limit(false, values, around, run, lower));
  TRY(to, limit(true, values, around, run, upper));
  TRY(outcome, this->run({from, to}, values, options, around, run));
  if (outcome.status == Status::non_finite && !run.has_trouble()) blame({from, to}, values, options, run);
  if (lower.error + upper.error > 0) {
    outcome.error = infinity;
    outcome.status = weaker(outcome.status, Status::not_converged);
  }
  outcome.evaluations += lower.evaluations + upper.evaluations;
  if (is_closed() && outcome.status != Status::cancelled) run.remember(integral_, outcome);
  return outcome;
}

// Of integrals inside integrals the inner ones tell.
void PreparedIntegral::blame(Ends ends, std::span<const double> values, const plan::Options& options,
                             Evaluation& run) const {
  const plan::Reach reach = plan::mapped_reach(options, ends.from, ends.to);
  const auto found = integrand(reach, options.n_iter.has_value());
  if (!found || !(*found)->inner.empty()) return;
  const Integrand& made = **found;
  const auto schedule = plan::make_schedule(made.smooth, options, ends.from, ends.to, *integral_->options);
  if (!schedule) return;
  const std::vector<double> params = made.values(in_scope(values, *schedule));
  const auto kernel = made.grid ? made.grid->everywhere() : made.body;
  if (!kernel) return;
  Trouble trouble{integral_, find_trouble(*kernel, params, *schedule, options), {}};
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    trouble.values.emplace_back(parameters_[i].name(), values[i]);
  if (!trouble.places.empty()) run.blame(std::move(trouble));
}

Expected<Outcome> PreparedIntegral::run(Ends ends, std::span<const double> values,
                                        const plan::Options& options, const Surroundings& around,
                                        Evaluation& run) const {
  const bool grid = options.n_iter.has_value();
  if (ends.from == ends.to)
    return Outcome{.status = grid ? Status::fixed : Status::converged, .method = options.rule->name};
  if (!std::isfinite(options.time_limit)) return integrate(ends, values, options, around, run);
  Surroundings limited = around;
  const auto limit = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(std::min(options.time_limit, 1e9)));
  limited.control.deadline = std::min(limited.control.deadline, std::chrono::steady_clock::now() + limit);
  return integrate(ends, values, options, limited, run);
}

Expected<Outcome> PreparedIntegral::integrate(Ends ends, std::span<const double> values,
                                              const plan::Options& options, const Surroundings& around,
                                              Evaluation& run) const {
  const bool grid = options.n_iter.has_value();
  TRY_VOID(plan::check_range(options, ends.from, ends.to, *integral_->options));
  if (!grid) {
    TRY(found, divided(ends, values, options, around.depth));
    if (found) {
      TRY(outcome, integrate(*found, ends, values, options, around));
      return refined(outcome, found.get(), ends, values, options, around);
    }
  }
  const plan::Reach reach = plan::mapped_reach(options, ends.from, ends.to);
  TRY(integrand, this->integrand(reach, grid));
  TRY(schedule, plan::make_schedule(integrand->smooth, options, ends.from, ends.to, *integral_->options));
  TRY(outcome, integrate(*integrand, schedule, values, options, around, run));
  return refined(outcome, nullptr, ends, values, options, around);
}

Expr PreparedIntegral::with_values(std::span<const double> values) const {
  std::unordered_map<Expr, Expr> known;
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    known.emplace(Expr::variable(parameters_[i]), Expr::number(values[i]));
  return simplify(substitute(integral_->arguments[0], known));
}

Outcome PreparedIntegral::refined(const Outcome& outcome, const Divided* divided, Ends ends,
                                  std::span<const double> values, const plan::Options& options,
                                  const Surroundings& around) const {
  const Expr& body = integral_->arguments[0];
  const bool finite = std::isfinite(ends.from) && std::isfinite(ends.to);
  if (outcome.status != Status::not_converged || around.depth > 0 || body->has_integral || body->has_host ||
      (divided == nullptr && !finite))
    return outcome;
  std::vector<plan::Piece> pieces;
  if (divided != nullptr)
    for (const DividedPiece& part : divided->pieces) pieces.push_back(part.piece);
  else
    pieces.push_back({.ends = plan::first_panels(plan::Reach::finite, std::min(ends.from, ends.to),
                                                 std::max(ends.from, ends.to), options.points),
                      .verify = !analysis::is_smooth(body)});
  const Expr formula = divided != nullptr ? divided->formula : with_values(values);
  for (plan::Piece& piece : pieces)
    if (!piece.integrand) {
      piece.integrand = formula;
      piece.t = integral_->symbol;
    }
  const auto result =
      integrate_extended(pieces, divided != nullptr ? divided->error : 0, options, around.control);
  if (!result) return outcome;
  Outcome better = outcome;
  better.evaluations += result->estimate.evaluations;
  if (!(result->estimate.error < outcome.error)) return better;
  better.value = ends.from <= ends.to ? result->estimate.value : -result->estimate.value;
  better.error = result->estimate.error;
  better.status = around.control.is_cancelled() ? Status::cancelled : to_status(result->status);
  better.tier = listed(outcome.tier, "extended");
  return better;
}

// Null if the integral is to be computed as it stands.
Expected<std::shared_ptr<const Divided>> PreparedIntegral::divided(Ends ends, std::span<const double> values,
                                                                   const plan::Options& options,
                                                                   int depth) const {
  const Expr& body = integral_->arguments[0];
  const plan::Range range = plan::range_of(ends.from, ends.to, options);
  if (!is_divisible(body, nature_, range, values)) return nullptr;
  // Inside another integral the limits or parameters change from point to point.
  if (depth > 0 && !is_closed()) {
    const bool finite = std::isfinite(range.lower) && std::isfinite(range.upper);
    if (!finite || (nature_.plain && is_slow(nature_, range.lower, range.upper, values))) return nullptr;
    return make_divided(with_values(values), integral_->symbol, range, *jit_, Use::once);
  }
  const std::scoped_lock lock(dividing_);
  const bool same = last_ && last_->range == range && std::ranges::equal(last_->values, values);
  if (same) return last_->made;
  TRY(made, make_divided(with_values(values), integral_->symbol, range, *jit_));
  last_ = LastDivided{range, {values.begin(), values.end()}, made};
  return made;
}

Expected<Outcome> PreparedIntegral::integrate(const Divided& divided, Ends ends,
                                              std::span<const double> values, const plan::Options& options,
                                              const Surroundings& around) const {
  Outcome outcome{.method = plan::adaptive_method(options, ends.from, ends.to)};
  if (!divided.method.empty()) outcome.method = divided.method;
  if (divided.divergent) {
    outcome.value = nan;
    outcome.error = infinity;
    outcome.status = Status::divergent;
    outcome.warnings.push_back("the integral diverges: " + *divided.divergent);
    return outcome;
  }
  TRY(plain, integrand(plan::Reach::finite, false));
  const std::vector<double> params = plain->values(values);
  std::vector<engine::Piece> pieces;
  for (const DividedPiece& part : divided.pieces) {
    const bool own = static_cast<bool>(part.kernel);
    engine::Piece piece{.kernel = own ? &part.kernel : &plain->body,
                        .ends = part.piece.ends,
                        .weight = part.piece.weight,
                        .rule = part.piece.rule != nullptr ? part.piece.rule : options.rule->panel,
                        .verify = part.piece.verify,
                        .rounding = rounding_of(own ? part.rounding : plain->rounding),
                        .period = part.piece.period};
    if (!own) piece.params = params;
    if (part.slope)
      piece.steepest = [slope = *part.slope](double a, double b) {
        const Interval range = slope({a, b});
        return range.is_empty() ? 0 : range.largest();
      };
    const Expr& formula = own ? part.piece.integrand : divided.formula;
    const Symbol& variable = own ? part.piece.t : integral_->symbol;
    piece.proven = [formula, variable, bound = std::optional<analysis::TaylorBound>()](double a,
                                                                                       double b) mutable {
      if (!bound) bound.emplace(formula, variable);
      return bound->error(a, b);
    };
    pieces.push_back(std::move(piece));
  }
  const std::string_view first_tier = pieces.empty() ? "scalar" : pieces.front().kernel->tier();
  const engine::Result result = engine::integrate_adaptive(
      pieces, {.tolerance = options.tolerance, .max_evaluations = options.max_evals, .error = divided.error},
      around.control);
  outcome.value = ends.from <= ends.to ? result.estimate.value : -result.estimate.value;
  outcome.error = result.estimate.error;
  outcome.status = around.control.is_cancelled() ? Status::cancelled : to_status(result.status);
  outcome.tier = listed(first_tier, pieces.empty() ? first_tier : pieces.back().kernel->tier());
  outcome.evaluations = result.estimate.evaluations;
  return outcome;
}

Expected<Outcome> PreparedIntegral::integrate(const Integrand& integrand, const plan::Schedule& schedule,
                                              std::span<const double> values, const plan::Options& options,
                                              const Surroundings& around, Evaluation& run) const {
  const bool finite = schedule.reach == plan::Reach::finite;
  std::vector<double> picked;
  std::span<const double> params = values;
  if (!finite || !integrand.values.is_everything()) {
    picked = integrand.values(in_scope(values, schedule));
    params = picked;
  }
  const bool nested = !integrand.inner.empty();
  const bool grid = !schedule.combs.empty();
  const plan::Extent extent = plan::extent_of(schedule.combs);
  const engine::Jobs serial{1, engine::Backend::serial};
  const engine::Jobs jobs = around.depth == 0 ? options.jobs : serial;
  std::optional<Surroundings> inside;
  std::shared_ptr<const NestedKernel> nested_code;
  if (nested) {
    // Inner integrals are a little more exact than asked for, so that their noise does not spoil the outer.
    inside.emplace(around.depth + 1, around.defaults, around.control);
    inside->defaults.tolerance.relative = options.tolerance.relative * 0.1;
    inside->control.progress = nullptr;
    nested_code = std::make_shared<const NestedKernel>(integrand, *inside, grid ? serial : jobs, run);
  }
  const bool fallible = around.control.failure != nullptr && integrand.mapped.integrand->has_host;
  Kernel made;
  if (integrand.grid) {
    TRY(chosen, integrand.grid->on(extent, params));
    made = chosen;
  }
  if (nested) made = Kernel(nested_code);
  if (fallible) made = fallible_kernel(nested ? made : integrand.body, *around.control.failure);
  const Kernel& kernel = made ? made : integrand.body;
  const engine::Adaptive adaptive{.tolerance = options.tolerance,
                                  .max_evaluations = options.max_evals,
                                  .verify = schedule.verify,
                                  .rounding = rounding_of(integrand.rounding),
                                  .rule = schedule.rule};
  if (grid) kernel.expect(extent.points);
  const std::string_view first_tier = kernel.tier();
  const engine::Result result =
      grid ? engine::sum_combs(kernel, params, schedule.combs, jobs, around.control)
           : engine::integrate_adaptive(kernel, params, schedule.ends, adaptive, around.control);
  TRY_VOID(run.outcome());
  Outcome outcome{.value = schedule.sign * result.estimate.value,
                  .error = result.estimate.error,
                  .status = to_status(result.status),
                  .method = schedule.method,
                  .tier = listed(first_tier, kernel.tier()),  // it may move to machine code, never back
                  .evaluations = nested ? nested_code->evaluations() : result.estimate.evaluations,
                  .n_jobs = grid || nested ? jobs.threads() : 1};
  // On an infinite range zeros everywhere say only that the mass was not met.
  const bool nothing_seen = !finite && !nested && result.estimate.magnitude == 0;
  if (nothing_seen && !integral_->arguments[0].is_number(0) && outcome.status == Status::converged)
    outcome.status = Status::not_converged;
  if (around.control.is_cancelled()) outcome.status = Status::cancelled;
  return outcome;
}

}  // namespace jitegral
