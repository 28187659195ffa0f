// The sum of a formula over a grid, interpreted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "analysis/grid_form.h"
#include "expr/tape.h"
#include "interpreter/program.h"

namespace jitegral::interpreter {

// Follows analysis/grid_form.h to the bit, as machine code does. Immutable; any number of threads may run it.
class GridProgram {
 public:
  // `formula` must be free of integrals and of symbols other than `x` and `params`. `bodies` as for Program.
  GridProgram(const Expr& formula, const Symbol& x, std::span<const Symbol> params,
              const vecmath::Native& bodies = vecmath::native());

  [[nodiscard]] double sum(const Grid& grid, std::span<const double> params) const noexcept;
  // Kernel::Code::chunk().
  [[nodiscard]] std::uint64_t chunk() const { return form_.chunk; }
  // A guess, from the kinds of steps.
  [[nodiscard]] double nanoseconds_a_point() const;

 private:
  friend class GridRun;
  using Programs = std::vector<Program>;

  analysis::GridForm form_;
  std::vector<Tape> once_;
  Tape valid_;
  Program plain_;
  std::optional<Program> point_;    // `body`, over the grid's variable and all named values
  std::optional<Program> row_sum_;  // over form_.row; the parameters, `once` and `sums`
  Programs by_column_, by_place_, by_row_, by_tile_column_, sums_;
  const Operations* operations_;
};

}  // namespace jitegral::interpreter
