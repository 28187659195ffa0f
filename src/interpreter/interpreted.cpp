#include "interpreter/interpreted.h"

#include <algorithm>

namespace jitegral::interpreter {

void Interpreted::eval(const Points& points, double* y, double* noise) const noexcept {
  program_.eval(points, y);
  if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
}

}  // namespace jitegral::interpreter
