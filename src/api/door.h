// Behind <jitegral/jitegral.hpp>: what its handles point to, and the way from our types to its. Private to
// api.
#pragma once

#include <jitegral/jitegral.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "api/prepared.h"
#include "base/diagnostic.h"
#include "base/failure.h"
#include "jit/jit.h"
#include "sema/elaborate.h"

namespace jitegral {

Error to_error(const Diagnostic& diagnostic);
plan::Options to_options(const Settings& settings);
// The machinery that makes code. Errors: E307, E501, E502.
Expected<std::shared_ptr<jit::Jit>> make_jit(const Settings& settings);
// The names of rules and backends; nothing defined.
sema::Scope first_scope();

// The options as if they had been typed, so that checks and messages are those of the language. `limits` are
// taken over. Errors: E308, E307 for a backend.
Expected<std::shared_ptr<Expr::IntegralOptions>> to_written(const Options& options);

struct Cancellation::State {
  std::atomic<bool> cancelled = false;
};

struct Session::State {
  plan::Options defaults;
  std::shared_ptr<jit::Jit> jit;
  std::shared_mutex mutex;  // of the scope
  sema::Scope scope = first_scope();
};

// Only one of `kernel` and `prepared` is set: a formula with integrals inside has no kernel.
struct Formula::State {
  std::shared_ptr<jit::Jit> jit;
  plan::Options defaults;
  std::vector<std::string> names;
  std::vector<Symbol> symbols;
  Expr body;
  Kernel kernel;
  PreparedFormula prepared;
  Selection values;  // of the prepared formula's parameters, out of the arguments

  // The integral over the first argument.
  [[nodiscard]] Expected<std::shared_ptr<const Integral::State>> integral(const Options& options) const;
};

struct Integral::State {
  std::shared_ptr<jit::Jit> jit;  // null for a function of the caller's
  std::shared_ptr<const PreparedIntegral> integral;
  plan::Options options;
  Selection values;  // of the integral's parameters, out of the formula's other arguments
  std::size_t parameters = 0;

  // As PreparedIntegral::run_plain; nothing, too, where something is wrong with what is given. Not a part of
  // run(): to wrap the result in an Expected would copy it once more.
  [[nodiscard]] std::optional<Outcome> run_plain(double a, double b, std::span<const double> parameters,
                                                 const Watch& watch) const;
  [[nodiscard]] Expected<Result> run(double a, double b, std::span<const double> parameters,
                                     const Watch& watch) const;
};

// What may look behind the handles.
struct Door {
  using FormulaState = Formula::State;
  using IntegralState = Integral::State;

  static Formula open(std::shared_ptr<const FormulaState> state) { return Formula(std::move(state)); }
  static Integral open(std::shared_ptr<const IntegralState> state) { return Integral(std::move(state)); }
  static const std::atomic<bool>* flag(const Watch& watch) {
    return watch.cancellation ? &watch.cancellation->state_->cancelled : nullptr;
  }
};

// The outcome as the caller sees it, but for the times.
Result to_result(const Outcome& outcome);

// One call from outside: stopwatch, control, and the place where exceptions wait. Must stay where it is.
class Call {
 public:
  // `jit` is the one whose compilations count; it may be null.
  explicit Call(const Watch& watch, const jit::Jit* jit = nullptr);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  [[nodiscard]] const engine::Control& control() const { return control_; }
  // The outcome as the caller sees it; throws what the caller's own code threw.
  [[nodiscard]] Result finish(const Outcome& outcome) const;
  void rethrow() const { failure_.rethrow(); }

 private:
  using Clock = std::chrono::steady_clock;
  void report(const Watch& watch, const engine::Progress& progress) noexcept;

  [[nodiscard]] double compiled() const { return jit_ == nullptr ? 0 : jit_->compile_seconds(); }

  Clock::time_point start_ = Clock::now();
  const jit::Jit* jit_;
  double compiled_before_ = compiled();
  Failure failure_;
  Failure::Scope scope_{&failure_};
  engine::Control control_;
};

template <class T>
T value_or_throw(Expected<T> result) {
  if (!result) throw to_error(result.error());
  return *std::move(result);
}

template <class T>
Attempt<T> to_attempt(Expected<T> result) {
  if (!result) return to_error(result.error());
  return *std::move(result);
}

}  // namespace jitegral
