// A Kernel that interprets.
#pragma once

#include "interpreter/program.h"
#include "kernel/kernel.h"

namespace jitegral::interpreter {

// `chunk` as Kernel::chunk. Thread-safe; keeps nothing alive but the program.
class Interpreted final : public Kernel::Code {
 public:
  // `grid` as in jit::Jit::kernel: other kernels sum grids through batches.
  Interpreted(Program program, bool grid, std::uint64_t chunk)
      : program_(std::move(program)), grid_(grid), chunk_(chunk) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override;
  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override {
    return grid_ ? program_.grid_sum(grid, params) : Code::grid_sum(grid, params);
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return chunk_; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "interpreter"; }
  // A guess of what a point costs, made without a clock.
  [[nodiscard]] double nanoseconds_a_point() const { return program_.nanoseconds_a_point(); }

 private:
  Program program_;
  bool grid_;
  std::uint64_t chunk_;
};

}  // namespace jitegral::interpreter
