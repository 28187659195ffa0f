// Runs formulas that contain integrals: prepares each integral once, nests them, adds up their errors.
// Private to api.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "engine/engine.h"
#include "expr/evaluate.h"
#include "expr/expr.h"
#include "jit/jit.h"
#include "plan/options.h"
#include "plan/schedule.h"

#include "api/workspace.h"

namespace jitegral {

// The value of a formula, with what it is worth.
struct Outcome {
  double value = 0;
  double error = 0;  // absolute, from the integrals inside
  Status status = Status::value;
  std::string method = "arithmetic";
  std::string tier = "scalar";
  std::uint64_t evaluations = 0;
  int n_jobs = 1;
};

// Results of integrals that depend on nothing, so they hold wherever they stand.
using KnownIntegrals = std::unordered_map<Expr, Outcome>;

// One evaluation of one statement (all rows of a table): thread-safe, because nested integrals run from the
// engine's threads.
class Evaluator {
 public:
  Evaluator(jit::Jit& jit, const plan::Options& defaults, engine::Control control, KnownIntegrals known)
      : jit_(jit), defaults_(defaults), control_(std::move(control)), known_(std::move(known)) {}

  Expected<Outcome> evaluate(const Expr& formula, const Bindings& bindings);
  // What closed integrals turned out to be.
  [[nodiscard]] const KnownIntegrals& known() const { return known_; }

 private:
  friend class NestedKernel;
  struct Prepared;
  // What an integral inherits from what stands around it.
  struct Surroundings {
    int depth = 0;
    plan::Options defaults;
    engine::Control control;
  };

  Expected<Outcome> formula(const Expr& formula, const Bindings& bindings, const Surroundings& around);
  Expected<Outcome> integral(const Expr& integral, const Bindings& bindings, const Surroundings& around);
  Expected<Outcome> closed_or_new(const Expr& integral, const Bindings& bindings, const Surroundings& around);
  Expected<double> limit(const Expr& integral, bool upper, const Bindings& bindings,
                         const Surroundings& around, Outcome& inner);
  Expected<std::shared_ptr<const Prepared>> prepare(const Expr& integral, plan::Reach reach, bool grid);
  Expected<std::shared_ptr<Prepared>> make(const Expr& integral, plan::Reach reach, bool grid);
  Outcome run(const Prepared& prepared, const plan::Schedule& schedule, const plan::Options& options,
              const Bindings& bindings, const Surroundings& around);
  Expected<void> first_mistake();

  jit::Jit& jit_;
  plan::Options defaults_;
  engine::Control control_;
  std::mutex mutex_;
  KnownIntegrals known_;
  struct Key {
    Expr integral;
    plan::Reach reach;
    bool grid;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct HashOfKey {
    std::size_t operator()(const Key& key) const {
      return std::hash<Expr>{}(key.integral) * 8 + static_cast<std::size_t>(key.reach) * 2 +
             (key.grid ? 1 : 0);
    }
  };
  std::mutex preparing_;
  std::unordered_map<Key, std::shared_ptr<const Prepared>, HashOfKey> prepared_;
  std::optional<Diagnostic> mistake_;  // the first one met inside a nested integral
  std::atomic<bool> failed_ = false;
};

}  // namespace jitegral
