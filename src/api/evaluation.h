// The state of one evaluation of one statement: what its integrals share while they run.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "api/outcome.h"
#include "api/trouble.h"
#include "base/diagnostic.h"
#include "expr/expr.h"

namespace jitegral {

// Results of integrals that depend on nothing, so they hold wherever they stand.
// Most statements have one, which a map of nodes remembers with the least ado.
struct ByNode {
  bool operator()(const Expr& a, const Expr& b) const { return std::less<>{}(a.node(), b.node()); }
};
using KnownIntegrals = std::map<Expr, Outcome, ByNode>;

// Thread-safe, because nested integrals run from the engine's threads.
class Evaluation {
 public:
  // `before` (may be null) must outlive this.
  explicit Evaluation(const KnownIntegrals* before = nullptr) : before_(before) {}

  [[nodiscard]] std::optional<Outcome> known(const Expr& integral);
  void remember(const Expr& integral, const Outcome& outcome);
  // What closed integrals turned out to be in this evaluation.
  [[nodiscard]] const KnownIntegrals& found() const { return found_; }
  // Gives it away.
  [[nodiscard]] KnownIntegrals take_found() { return std::exchange(found_, {}); }

  // The first point at which an integrand was not finite; later ones are passed over.
  void blame(Trouble trouble);
  [[nodiscard]] bool has_trouble() const { return troubled_; }
  // Gives it away: the next row begins anew.
  std::optional<Trouble> take_trouble();

  // Inside a kernel there is nobody to hand a mistake to: it is kept here, and the integrals end.
  void fail(Diagnostic mistake);
  [[nodiscard]] bool failed() const { return failed_; }
  // The first mistake, if there was one.
  Expected<void> outcome();

 private:
  const KnownIntegrals* before_;
  std::mutex mutex_;
  KnownIntegrals found_;
  std::optional<Diagnostic> mistake_;
  std::atomic<bool> failed_ = false;
  std::optional<Trouble> trouble_;
  std::atomic<bool> troubled_ = false;
};

}  // namespace jitegral
