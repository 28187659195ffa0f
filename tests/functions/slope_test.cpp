// The lipschitz column of the table.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "functions/function.h"

namespace jitegral {
namespace {

TEST_CASE("no function is steeper than its row says, and all nearly as steep") {
  constexpr double step = 1.0 / 128;
  int rows = 0;
  for (const Function& row : functions::table()) {
    if (!std::isfinite(row.lipschitz)) continue;
    ++rows;
    double steepest = 0;
    for (double x = -20; x < 20; x += step) {
      const double next = x + step;
      steepest = std::max(steepest, std::fabs(row.at(&next) - row.at(&x)) / step);
    }
    CAPTURE(row.name);
    CHECK(steepest <= row.lipschitz * (1 + 1e-12));
    CHECK(steepest > 0.99 * row.lipschitz);
  }
  CHECK(rows > 5);
}

}  // namespace
}  // namespace jitegral
