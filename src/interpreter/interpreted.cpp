#include "interpreter/interpreted.h"

#include <algorithm>

namespace jitegral::interpreter {

Interpreted::Interpreted(const Expr& formula, std::span<const Symbol> axes, std::span<const Symbol> params,
                         bool grid, const vecmath::Native& bodies)
    : program_(formula, axes, params, bodies) {
  if (grid) grid_.emplace(formula, axes[0], params, bodies);
}

void Interpreted::eval(const Points& points, double* y, double* noise) const noexcept {
  program_.eval(points, y);
  if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
}

}  // namespace jitegral::interpreter
