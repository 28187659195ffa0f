#include "interpreter/interpreted.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jitegral::interpreter {

Interpreted::Interpreted(const Expr& formula, std::span<const Symbol> axes, std::span<const Symbol> params,
                         bool grid, const vecmath::Native& bodies)
    : program_(formula, axes, params, bodies) {
  if (grid) grid_.emplace(analysis::grid_form(formula, axes[0]), axes[0], params, bodies);
}

Interpreted::Interpreted(const Expr& formula, const Symbol& axis, std::span<const Symbol> params,
                         analysis::GridForm form, GridProgram::Others others)
    : program_(formula, std::array{axis}, params) {
  grid_.emplace(std::move(form), axis, params, vecmath::native(), std::move(others));
}

void Interpreted::eval(const Points& points, double* y, double* noise) const noexcept {
  program_.eval(points, y);
  if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
}

}  // namespace jitegral::interpreter
