#include "plan/transform.h"

#include <array>
#include <cmath>

#include "expr/expansion.h"
#include "expr/transform.h"

namespace jitegral::plan {
namespace {

Expr replaced(const Expr& expr, const Symbol& variable, const Expr& by) {
  return substitute(expr, {{Expr::variable(variable), by}});
}

}  // namespace

Mapped map_to_finite(const Expr& integrand, const Symbol& variable, Reach reach) {
  if (reach == Reach::finite) return {integrand, variable, {}, "the range is finite"};
  Mapped mapped{.variable = Symbol("t"), .end = Symbol("end")};
  const Expr t = Expr::variable(mapped.variable);
  const Expr distance = expand("1 x - x /", std::array{t});
  const std::array ends{Expr::variable(mapped.end), distance};
  Expr folded;
  if (reach == Reach::right) {
    folded = replaced(integrand, variable, expand("x y +", ends));
    mapped.because = "x = a + (1-t)/t maps the range to 0..1";
  } else if (reach == Reach::left) {
    folded = replaced(integrand, variable, expand("x y -", ends));
    mapped.because = "x = b - (1-t)/t maps the range to 0..1";
  } else {
    const std::array halves{replaced(integrand, variable, distance),
                            replaced(integrand, variable, expand("x negate", std::array{distance}))};
    folded = expand("x y +", halves);
    mapped.because = "f(x) + f(-x) with x = (1-t)/t maps the range to 0..1";
  }
  mapped.integrand = simplify(expand("x y y * /", std::array{folded, t}));
  return mapped;
}

}  // namespace jitegral::plan
