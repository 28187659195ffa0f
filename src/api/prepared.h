// Integrals and formulas made ready to run. Preparing works out, once, all that does not depend on limits,
// on values of parameters or on the state of a run; running is then cheap, and may be done from many threads
// at once with different limits, parameters, options and controls. Private to api; the public handles are
// made of this:
//
//   auto integral = PreparedIntegral::make(expr, jit);              // expr: kind integral
//   TRY(options, integral->options(values, defaults));              // once, if they do not depend on values
//   Evaluation run(control);                                        // one a call: cheap, not shared
//   TRY(outcome, integral->run({from, to}, values, options, run));  // values[i] is that of parameters()[i]
//
// Prepared things keep alive whatever they need (kernels, the Jit), so a Workspace may go first.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "api/divided.h"
#include "api/grid_kernel.h"
#include "api/outcome.h"
#include "base/diagnostic.h"
#include "engine/engine.h"
#include "expr/expr.h"
#include "expr/tape.h"
#include "jit/jit.h"
#include "plan/options.h"
#include "plan/schedule.h"
#include "plan/transform.h"

namespace jitegral {

class Evaluation;
class PreparedIntegral;

// Picks the values of some symbols out of those of a scope; a symbol that the scope lacks is nan.
class Selection {
 public:
  Selection() = default;
  Selection(std::span<const Symbol> wanted, std::span<const Symbol> scope);
  [[nodiscard]] std::vector<double> operator()(std::span<const double> scope) const;
  // The whole scope, in its order: nothing needs picking.
  [[nodiscard]] bool is_everything() const { return everything_; }

 private:
  std::vector<std::size_t> places_;
  bool everything_ = true;
};

// What an integral inherits from what stands around it. Inner integrals look for cancellation, too.
struct Surroundings {
  int depth = 0;
  plan::Options defaults{};
  engine::Control control{};
};

// A formula with integrals inside, each prepared.
class PreparedFormula {
 public:
  PreparedFormula() = default;
  PreparedFormula(const Expr& formula, const std::shared_ptr<jit::Jit>& jit);

  // The free symbols, in the order in which `values` below gives theirs.
  [[nodiscard]] const std::vector<Symbol>& parameters() const { return parameters_; }
  // The formula, if it is nothing but a number.
  [[nodiscard]] std::optional<double> number() const { return number_; }
  // Errors: those of the integrals inside.
  Expected<Outcome> run(std::span<const double> values, const Surroundings& around, Evaluation& run) const;

 private:
  struct Part {
    std::shared_ptr<const PreparedIntegral> integral;
    Selection values;
  };
  std::vector<Symbol> parameters_;
  std::vector<Part> parts_;
  bool is_integral_ = false;  // the formula is its one part
  std::optional<double> number_;
  Tape value_;                  // over the parameters, then the parts' values
  std::optional<Tape> errors_;  // over those, then the parts' errors; absent if there is no derivative
};

// The integrand over ranges of one reach, with the kernels for one kind of rule. Integrals inside it are
// columns of values that are computed point by point before the body is.
struct Integrand {
  struct Inner {
    std::shared_ptr<const PreparedIntegral> integral;
    Selection values;  // out of `params`, then the variable
  };
  plan::Mapped mapped;
  bool smooth = true;
  std::vector<Inner> inner;
  std::vector<Symbol> params;  // free symbols, `mapped.end` among them
  Selection values;            // of the params out of the integral's parameters, then the range's end
  Kernel body;                 // over the variable, then the inner integrals; empty if there is a grid
  std::optional<GridKernel> grid;
  Kernel noise;     // over the variable, the inner integrals, then their errors; may be empty
  Kernel rounding;  // over the variable: a bound on the body's rounding error; may be empty
};

class PreparedIntegral {
 public:
  // Nothing can go wrong here: what is compiled is compiled for the first run that needs it. `jit` may be
  // null for an integrand that is nothing but a function of the host.
  static std::shared_ptr<const PreparedIntegral> make(const Expr& integral, std::shared_ptr<jit::Jit> jit);
  ~PreparedIntegral();
  PreparedIntegral(const PreparedIntegral&) = delete;
  PreparedIntegral& operator=(const PreparedIntegral&) = delete;

  struct Ends {
    double from = 0, to = 0;
  };

  [[nodiscard]] const Expr& written() const { return integral_; }
  // The free symbols of integrand, limits and options, in the order in which `values` below gives theirs.
  [[nodiscard]] const std::vector<Symbol>& parameters() const { return parameters_; }
  // Depends on nothing, so that it comes to the same wherever it stands.
  [[nodiscard]] bool is_closed() const { return parameters_.empty(); }
  // False if the options are the same for any values.
  [[nodiscard]] bool options_vary() const { return options_vary_; }

  // Errors: E307, E311, E312.
  [[nodiscard]] Expected<plan::Options> options(std::span<const double> values,
                                                const plan::Options& defaults) const;
  // With the limits as written. Errors: those of limits and options, and of the run.
  Expected<Outcome> run(std::span<const double> values, const Surroundings& around, Evaluation& run) const;
  // With other limits, neither of them nan. Errors: E310, E404, E503, and those of integrals inside.
  Expected<Outcome> run(Ends ends, std::span<const double> values, const plan::Options& options,
                        const Surroundings& around, Evaluation& run) const;
  // The same where nobody watches, the kernel stands, nothing but it is needed and the first panel is enough:
  // allocates nothing, and takes no lock. Nothing in all other cases.
  [[nodiscard]] std::optional<Outcome> run_plain(Ends ends, std::span<const double> values,
                                                 const plan::Options& options) const;

 private:
  PreparedIntegral(Expr integral, std::shared_ptr<jit::Jit> jit);
  struct Limit {
    PreparedFormula formula;
    Selection values;
  };

  Expected<double> limit(bool upper, std::span<const double> values, const Surroundings& around,
                         Evaluation& run, Outcome& inner) const;
  Expected<const Integrand*> integrand(plan::Reach reach, bool grid) const;
  Expected<std::unique_ptr<const Integrand>> make_integrand(plan::Reach reach, bool grid) const;
  Expected<Kernel> kernel(const codegen::KernelSource& source) const;
  Expected<void> compile(Integrand& made, bool grid) const;
  Expected<void> compile_nested(Integrand& made) const;
  Expected<Outcome> integrate(const Integrand& integrand, const plan::Schedule& schedule,
                              std::span<const double> values, const plan::Options& options,
                              const Surroundings& around, Evaluation& run) const;

  void blame(Ends ends, std::span<const double> values, const plan::Options& options, Evaluation& run) const;
  Expected<Outcome> integrate(Ends ends, std::span<const double> values, const plan::Options& options,
                              const Surroundings& around, Evaluation& run) const;
  // `outcome`, which has not converged, or what extended precision makes of it.
  [[nodiscard]] Outcome refined(const Outcome& outcome, const Divided* divided, Ends ends,
                                std::span<const double> values, const plan::Options& options,
                                const Surroundings& around) const;
  [[nodiscard]] Expr with_values(std::span<const double> values) const;
  Expected<std::shared_ptr<const Divided>> divided(Ends ends, std::span<const double> values,
                                                   const plan::Options& options, int depth) const;
  Expected<Outcome> integrate(const Divided& divided, Ends ends, std::span<const double> values,
                              const plan::Options& options, const Surroundings& around) const;

  Expr integral_;
  std::shared_ptr<jit::Jit> jit_;
  std::vector<Symbol> parameters_;
  bool options_vary_ = false;
  Nature nature_;  // whatever the parameters are
  Limit lower_, upper_;
  static std::size_t place_of(plan::Reach reach, bool grid) {
    return static_cast<std::size_t>(reach) * 2 + (grid ? 1 : 0);
  }
  // By reach and kind of rule; made when first needed, read without a lock.
  mutable std::mutex making_;
  mutable std::array<std::atomic<const Integrand*>, 8> integrands_{};
  // What plan made of the limits and values met last.
  struct LastDivided {
    plan::Range range;
    std::vector<double> values;
    std::shared_ptr<const Divided> made;
  };
  mutable std::mutex dividing_;
  mutable std::optional<LastDivided> last_;
};

}  // namespace jitegral
