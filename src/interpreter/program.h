// A formula as a register program over blocks of points: what runs before there is machine code. The same
// bits as machine code, because both do the same operations in the same order on the same vecmath bodies.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "expr/expr.h"
#include "kernel/kernel.h"
#include "vecmath/vecmath.h"

namespace jitegral::interpreter {

struct Operations;

// Immutable; any number of threads may run it. Costs a few nanoseconds a step and block, and what the
// operations themselves take through memory: two to five times machine code on long batches.
class Program {
 public:
  // `formula` must be free of integrals and of symbols other than `axes` (one value a point) and `params`
  // (one value a call). `bodies` as vecmath::native(), or another level to compare with.
  Program(const Expr& formula, std::span<const Symbol> axes, std::span<const Symbol> params,
          const vecmath::Native& bodies = vecmath::native());

  void eval(const Points& points, double* y) const noexcept;
  // Of the formula, each counted once.
  [[nodiscard]] std::size_t nodes() const { return nodes_; }
  // What a call takes, and what it takes a point if there are many: guesses, from the kinds of steps.
  [[nodiscard]] double nanoseconds(std::uint64_t points) const;
  [[nodiscard]] double nanoseconds_a_point() const { return nanoseconds_a_point_; }

 private:
  friend class Frame;
  // Registers hold a block of points each: the axes first, then numbers, params, what is computed from those
  // alone, and at last the temporaries, which are used again once their value is no longer needed.
  using Register = std::uint32_t;
  struct Step {
    vecmath::Block block = nullptr;
    double (*scalar)(const double*) = nullptr;  // where there is no block: point by point
    std::uint32_t arity = 0;
    std::array<Register, 3> arguments{};
    Register result = 0;
    vecmath::PairBlock both = nullptr;  // for two functions of one argument …
    Register other_result = 0;          // … and where the other one goes
  };
  class Builder;

  std::size_t nodes_ = 0;
  std::size_t axes_ = 0;
  std::vector<double> numbers_;
  std::size_t params_ = 0;
  std::size_t registers_ = 0;
  std::size_t uniform_steps_ = 0;  // the first steps: the same for all points, done once a call
  std::vector<Step> steps_;
  Register result_ = 0;
  double nanoseconds_a_point_ = 0.5;
  const Operations* operations_ = nullptr;
};

}  // namespace jitegral::interpreter
