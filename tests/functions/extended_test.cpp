// Extended precision is the same function: its values, rounded, are those of the table within a row's figure.
#include <doctest/doctest.h>

#include <cmath>

#include "functions/extended.h"

namespace jitegral {
namespace {

TEST_CASE("rows in extended precision agree with the same rows in double precision") {
  int rows = 0;
  for (const Function& function : functions::table()) {
    const functions::Extended at = functions::extended(function);
    if (at == nullptr) continue;
    ++rows;
    for (double x : {-3.25, -0.75, 0.0, 0.5, 1.0, 2.5})
      for (double y : {-2.0, 0.25, 1.0, 3.0}) {
        const double args[] = {x, y, 0.5};
        const long double wide[] = {x, y, 0.5L};
        const double expected = function.at(args), found = static_cast<double>(at(wide));
        if (std::isnan(expected))
          CHECK_MESSAGE(std::isnan(found), function.name);
        else if (std::isinf(expected))
          CHECK_MESSAGE(found == expected, function.name);
        else
          CHECK_MESSAGE(found == doctest::Approx(expected).epsilon(1e-15 * (1 + function.ulp)), function.name,
                        " of ", x, " and ", y);
      }
  }
  CHECK(rows > 40);
}

}  // namespace
}  // namespace jitegral
