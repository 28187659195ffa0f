// A Kernel that interprets.
#pragma once

#include <optional>
#include <span>

#include "interpreter/grid_program.h"
#include "interpreter/program.h"
#include "kernel/kernel.h"

namespace jitegral::interpreter {

// Thread-safe; keeps nothing alive but its programs.
class Interpreted final : public Kernel::Code {
 public:
  // The formula over axes and params as for Program. `grid` as in jit::Jit::kernel: other kernels sum grids
  // through batches.
  Interpreted(const Expr& formula, std::span<const Symbol> axes, std::span<const Symbol> params, bool grid,
              const vecmath::Native& bodies = vecmath::native());
  // With a grid of this form, of which others take a part: as for GridProgram.
  Interpreted(const Expr& formula, const Symbol& axis, std::span<const Symbol> params,
              analysis::GridForm form, GridProgram::Others others = {});

  void eval(const Points& points, double* y, double* noise) const noexcept override;
  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override {
    return grid_ ? grid_->sum(grid, params) : Code::grid_sum(grid, params);
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept override {
    return grid_ ? grid_->chunk() : Code::chunk();
  }
  [[nodiscard]] std::string_view tier() const noexcept override {
    return grid_ ? grid_->tier() : "interpreter";
  }
  // Of the formula.
  [[nodiscard]] std::size_t nodes() const { return program_.nodes(); }
  // A guess of what a call takes, made without a clock.
  [[nodiscard]] double nanoseconds(std::uint64_t points) const {
    return grid_ ? grid_->nanoseconds_a_point() * static_cast<double>(points) : program_.nanoseconds(points);
  }

 private:
  Program program_;
  std::optional<GridProgram> grid_;
};

}  // namespace jitegral::interpreter
