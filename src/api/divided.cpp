#include "api/divided.h"

#include <cmath>

#include "analysis/critical_points.h"
#include "analysis/degree.h"
#include "analysis/quadratic.h"
#include "expr/conditioning.h"
#include "expr/rounding.h"
#include "expr/transform.h"

namespace jitegral {

bool is_plain(const Expr& formula, const Symbol& variable) {
  return !formula->has_integral && analysis::is_entire(formula, variable) &&
         !analysis::has_curved_phase(formula, variable) &&
         analysis::with_squares_completed(formula, variable) == formula;
}

bool is_divisible(const Expr& formula, bool is_plain, const plan::Range& range) {
  if (formula->has_integral || formula->has_host) return false;
  const bool finite = std::isfinite(range.lower) && std::isfinite(range.upper);
  if (is_plain && range.points.empty() && finite) return false;
  return node_count(formula) <= codegen::largest_kernel;
}

Expected<std::shared_ptr<const Divided>> make_divided(const Expr& formula, const Symbol& variable,
                                                      const plan::Range& range, jit::Jit& jit) {
  std::optional<plan::Pieces> pieces = plan::divide(formula, variable, range);
  if (!pieces) return nullptr;
  auto made = std::make_shared<Divided>();
  made->formula = formula;
  made->error = pieces->error;
  made->method = pieces->method();
  made->divergent = pieces->divergent;
  if (made->divergent) return made;
  for (plan::Piece& piece : pieces->list) {
    DividedPiece part{.piece = std::move(piece)};
    if (part.piece.integrand) {
      part.piece.integrand = well_conditioned(part.piece.integrand);
      TRY(kernel, jit.kernel({part.piece.integrand, {part.piece.t}, {}}, false));
      part.kernel = kernel;
      TRY(rounding,
          jit.kernel({rounding_bound(part.piece.integrand, part.piece.t), {part.piece.t}, {}}, false));
      part.rounding = rounding;
    }
    const Expr& integrand = part.piece.integrand ? part.piece.integrand : formula;
    const Symbol& t = part.piece.integrand ? part.piece.t : variable;
    if (const auto derivative = differentiate(integrand, t)) part.slope.emplace(*derivative, t, Bindings{});
    made->pieces.push_back(std::move(part));
  }
  return made;
}

}  // namespace jitegral
