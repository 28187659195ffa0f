// The sum of a formula over a grid, interpreted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/grid_form.h"
#include "expr/tape.h"
#include "interpreter/program.h"
#include "kernel/kernel.h"

namespace jitegral::interpreter {

// Follows analysis/grid_form.h to the bit, as machine code does. Immutable; any number of threads may run it.
class GridProgram {
 public:
  // Kernels that take work over, to the same bits; either may be empty.
  struct Others {
    Kernel rows;       // evaluates form.row_sum over form.row and row_params(form, params)
    Kernel otherwise;  // sums grids as form.otherwise says
  };
  // The form of a formula of `x` and `params`. `bodies` as for Program.
  GridProgram(analysis::GridForm form, const Symbol& x, std::span<const Symbol> params,
              const vecmath::Native& bodies = vecmath::native(), Others others = {});

  [[nodiscard]] double sum(const Grid& grid, std::span<const double> params) const noexcept;
  // Kernel::Code::chunk().
  [[nodiscard]] std::uint64_t chunk() const { return form_.chunk; }
  // A guess, from the kinds of steps; without what others do.
  [[nodiscard]] double nanoseconds_a_point() const;
  // Kernel::Code::tier().
  [[nodiscard]] std::string_view tier() const { return others_.rows ? others_.rows.tier() : "interpreter"; }

 private:
  friend class GridRun;
  using Programs = std::vector<Program>;
  void eval_row_sums(const Points& points, double* y) const noexcept;
  [[nodiscard]] double otherwise(const Grid& grid, std::span<const double> params) const noexcept;

  analysis::GridForm form_;
  std::vector<Tape> once_;
  Tape valid_;
  Program plain_;
  std::optional<Program> point_;    // `body`, over the grid's variable and all named values
  std::optional<Program> row_sum_;  // over form_.row and row_params()
  Others others_;
  std::unique_ptr<GridProgram> otherwise_;  // where no other kernel does it
  Programs by_column_, by_place_, by_row_, by_tile_column_, sums_;
  const Operations* operations_;
};

// What form.row_sum is over, besides form.row: the formula's parameters, then `once`, then `sums`.
std::vector<Symbol> row_params(const analysis::GridForm& form, std::span<const Symbol> params);

}  // namespace jitegral::interpreter
