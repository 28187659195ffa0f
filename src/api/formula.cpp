// Formula and Integral: handles on what sema and api/prepared.h make.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "api/door.h"
#include "api/evaluation.h"
#include "engine/panels.h"
#include "expr/evaluate.h"
#include "expr/print.h"

namespace jitegral {
namespace {

std::string count_of(std::size_t n, const char* what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

// E203 where a caller gives the wrong number of something.
std::unexpected<Diagnostic> wrong_count(const char* who, std::size_t wanted, const char* what,
                                        std::size_t given) {
  return fail(Code::wrong_arity, {who, count_of(wanted, what), std::to_string(given)});
}

void must_be(std::size_t wanted, std::size_t given, const char* what) {
  if (wanted != given) throw to_error(wrong_count("the formula", wanted, what, given).error());
}

// Columns of any stride as columns without gaps, a block at a time.
class Blocks {
 public:
  static constexpr std::size_t size = 1024;
  explicit Blocks(std::span<const Column> columns) : columns_(columns), axes_(columns.size()) {
    const auto gaps = std::ranges::count_if(columns, [](const Column& c) { return c.stride != 1; });
    memory_.resize(static_cast<std::size_t>(gaps) * size);
  }

  std::span<const double* const> at(std::size_t first, std::size_t count) {
    double* copy = memory_.data();
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      const Column& column = columns_[k];
      const double* from = column.data + static_cast<std::ptrdiff_t>(first) * column.stride;
      axes_[k] = column.stride == 1 ? from : copy;
      if (column.stride == 1) continue;
      for (std::size_t i = 0; i < count; ++i) copy[i] = from[static_cast<std::ptrdiff_t>(i) * column.stride];
      copy += size;
    }
    return axes_;
  }
  [[nodiscard]] bool without_gaps() const { return memory_.empty(); }

 private:
  std::span<const Column> columns_;
  std::vector<const double*> axes_;
  std::vector<double> memory_;
};

}  // namespace

Expected<std::shared_ptr<const Integral::State>> Formula::State::integral(const Options& options) const {
  if (symbols.empty()) return fail(Code::no_variable, {"a..b"});
  TRY(written, to_written(options));
  auto made = std::make_shared<Integral::State>();
  made->jit = jit;
  made->integral = PreparedIntegral::make(
      Expr::integral(symbols[0], body, Expr::number(0), Expr::number(0), std::move(written)), jit);
  TRY(resolved, made->integral->options({}, defaults));
  made->options = std::move(resolved);
  if (options.memory_limit) {
    // A panel comes with two looks at its parent's halves: of 15 points each, at least.
    constexpr std::uint64_t evaluations_a_panel = 21;
    const std::uint64_t panels = *options.memory_limit / sizeof(engine::Panel);
    made->options.max_evals = std::min(made->options.max_evals, panels * evaluations_a_panel);
  }
  const std::span rest = std::span(symbols).subspan(1);
  made->values = Selection(made->integral->parameters(), rest);
  made->parameters = rest.size();
  return made;
}

std::optional<Outcome> Integral::State::run_plain(double a, double b, std::span<const double> given,
                                                  const Watch& watch) const {
  const bool watched = watch.cancellation || watch.progress;
  if (given.size() != parameters || !values.is_everything() || watched) return std::nullopt;
  return integral->run_plain({a, b}, given, options);
}

Expected<Result> Integral::State::run(double a, double b, std::span<const double> given,
                                      const Watch& watch) const {
  if (given.size() != parameters) return wrong_count("the integral", parameters, "parameter", given.size());
  if (std::isnan(a) || std::isnan(b))
    return fail(Code::limit_not_a_number, {std::isnan(a) ? "lower" : "upper"});
  Call call(watch, jit.get());
  const Surroundings around{0, options, call.control()};
  Evaluation evaluation;
  std::vector<double> picked;
  if (!values.is_everything()) picked = values(given);
  auto outcome = integral->run({a, b}, values.is_everything() ? given : picked, options, around, evaluation);
  call.rethrow();
  if (!outcome) return std::unexpected(std::move(outcome).error());
  return call.finish(*outcome);
}

Result Integral::operator()(double a, double b, std::span<const double> parameters,
                            const Watch& watch) const {
  if (const auto plain = state_->run_plain(a, b, parameters, watch)) return to_result(*plain);
  return value_or_throw(state_->run(a, b, parameters, watch));
}

Attempt<Result> Integral::try_run(double a, double b, std::span<const double> parameters,
                                  const Watch& watch) const {
  if (const auto plain = state_->run_plain(a, b, parameters, watch)) return to_result(*plain);
  return to_attempt(state_->run(a, b, parameters, watch));
}

std::size_t Formula::arity() const noexcept { return state_->symbols.size(); }
const std::vector<std::string>& Formula::arguments() const noexcept { return state_->names; }
std::string Formula::text() const { return to_text(state_->body); }

double Formula::at(std::span<const double> point) const {
  must_be(arity(), point.size(), "argument");
  if (!state_->kernel) return evaluate(point).value;
  if (!state_->body->has_host) return state_->kernel(point);
  const Call call{{}};
  const double value = state_->kernel(point);
  call.rethrow();
  return value;
}

Result Formula::evaluate(std::span<const double> point, const Watch& watch) const {
  must_be(arity(), point.size(), "argument");
  Call call(watch, state_->jit.get());
  if (state_->kernel) {
    const Outcome outcome{.value = state_->kernel(point), .tier = state_->kernel.tier(), .evaluations = 1};
    return call.finish(outcome);
  }
  Evaluation evaluation;
  const Surroundings around{0, state_->defaults, call.control()};
  auto outcome = state_->prepared.run(state_->values(point), around, evaluation);
  call.rethrow();
  return call.finish(value_or_throw(std::move(outcome)));
}

void Formula::operator()(std::span<const double> x, std::span<double> y) const {
  must_be(x.size(), y.size(), "value");
  batch({Column(x)}, y);
}

void Formula::batch(std::span<const Column> columns, std::span<double> y) const {
  must_be(arity(), columns.size(), "column");
  Blocks blocks(columns);
  if (!state_->kernel) {
    for (std::size_t i = 0; i < y.size(); ++i) {
      std::vector<double> point;
      for (const double* value : blocks.at(i, 1)) point.push_back(*value);
      y[i] = evaluate(point).value;
    }
    return;
  }
  const Call call{{}};
  state_->kernel.expect(y.size());
  const std::size_t step = blocks.without_gaps() ? std::max<std::size_t>(y.size(), 1) : Blocks::size;
  for (std::size_t first = 0; first < y.size(); first += step) {
    const std::size_t count = std::min(step, y.size() - first);
    state_->kernel.eval({blocks.at(first, count), {}, count}, y.data() + first);
  }
  call.rethrow();
}

Integral Formula::integral(const Options& options) const {
  return Door::open(value_or_throw(state_->integral(options)));
}

Attempt<Integral> Formula::try_integral(const Options& options) const {
  auto made = state_->integral(options);
  if (!made) return to_error(made.error());
  return Door::open(*std::move(made));
}

Result Formula::integrate(double a, double b, const Options& options, std::span<const double> parameters,
                          const Watch& watch) const {
  return integral(options)(a, b, parameters, watch);
}

}  // namespace jitegral
