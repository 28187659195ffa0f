// Runs the integrals of a precompiled object, one after the other on the caller's thread: what Session does
// with kernels made on the spot, with the same rules and engine, hence with the same bits.
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "engine/engine.h"
#include "runtime/program.h"

namespace jitegral::runtime {

// A value and what it is worth.
struct Outcome {
  double value = 0;
  double error = 0;
  engine::Status status = engine::Status::converged;
};

// What is asked of one integral.
struct Order {
  double from = 0, to = 0;
  engine::Tolerance tolerance;
  std::uint64_t n_iter = 0;  // 0: adaptive
};

// One call of an exported function.
class Evaluation {
 public:
  // `arguments` are copied.
  Evaluation(const Function& function, std::span<const double> arguments);

  // Other arguments; results of integrals that depend on none of them are kept.
  void set(std::span<const double> arguments);
  Outcome run(const Expression& expression) { return expression_of(expression, {relative_, never}); }
  Outcome run(const Integral& integral, const Order& order) {
    return run(integral, order, {relative_, never});
  }

 private:
  friend class NestedKernel;
  using Time = std::chrono::steady_clock::time_point;
  static constexpr Time never = Time::max();
  // What an integral inherits from what stands around it.
  struct Around {
    double relative;  // tolerance
    Time deadline;
  };
  struct Known {
    bool is = false;
    Outcome outcome;
  };

  Outcome expression_of(const Expression& expression, const Around& around);
  Outcome integral_of(const Integral& integral, const Around& around);
  Outcome as_written(const Integral& integral, const Around& around);
  Outcome run(const Integral& integral, const Order& order, Around around);
  Outcome grid(const Integral& integral, const Order& order, const Kernel& kernel, const Around& around);
  Outcome adaptive(const Integral& integral, const Order& order, const Body& body, const Kernel& kernel,
                   const Around& around);
  [[nodiscard]] std::vector<double> params_of(const Body& body) const;
  [[nodiscard]] std::vector<double> points_of(const Integral& integral) const;

  std::vector<double> environment_;
  std::vector<Known> known_;
  double relative_;
};

}  // namespace jitegral::runtime
