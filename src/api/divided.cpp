#include "api/divided.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/critical_points.h"
#include "analysis/degree.h"
#include "analysis/pace.h"
#include "analysis/quadratic.h"
#include "base/scratch.h"
#include "expr/conditioning.h"
#include "expr/rounding.h"
#include "expr/transform.h"
#include "jit/host_kernel.h"
#include "plan/symmetry.h"

namespace jitegral {

Nature nature_of(const Expr& formula, const Symbol& variable, std::span<const Symbol> parameters) {
  Nature nature;
  if (formula->has_integral || !analysis::is_entire(formula, variable) ||
      analysis::has_curved_phase(formula, variable) ||
      analysis::with_squares_completed(formula, variable) != formula)
    return nature;  // looked at whatever it is
  static const Symbol reach("reach");
  const Expr pace = analysis::pace(formula, variable, reach);
  if (!pace) return nature;
  nature.plain = true;
  if (pace.is_number()) {
    nature.pace = pace->value;
  } else {
    std::vector<Symbol> symbols(parameters.begin(), parameters.end());
    symbols.push_back(reach);
    nature.paces = Tape(pace, symbols);
  }
  nature.varies = free_symbols(formula).size() > 1;
  nature.parity = analysis::parity(formula, variable);
  nature.period = analysis::period(formula, variable);
  return nature;
}

namespace {

bool cancels(const Nature& nature, double lower, double upper) {
  return nature.parity == Parity::odd && lower < 0 && upper > 0;
}

}  // namespace

// Of 21 points the outer ones lie so close together, and the others not so far apart, that what varies no
// faster than this leaves its trace on some, and on the error with them.
bool is_slow(const Nature& nature, double lower, double upper, std::span<const double> values) {
  constexpr double slow = 64;
  double pace = 0;
  if (nature.pace) {
    pace = *nature.pace;
  } else {
    const Scratch<16> at(values.size() + 1);
    std::ranges::copy(values, at.all().begin());
    at.all().back() = std::max(std::fabs(lower), std::fabs(upper));
    pace = nature.paces(at.all());
  }
  return pace * (upper - lower) <= slow;
}

bool may_fold(const Nature& nature, double lower, double upper) {
  return nature.period || cancels(nature, lower, upper);
}

bool is_divisible(const Expr& formula, const Nature& nature, const plan::Range& range,
                  std::span<const double> values) {
  if (formula->has_integral || formula->has_host) return false;
  const bool finite = std::isfinite(range.lower) && std::isfinite(range.upper);
  if (nature.plain && range.points.empty() && finite && is_slow(nature, range.lower, range.upper, values)) {
    plan::Range known = range;
    if (nature.varies) known.ends = plan::Range::Ends::mapped;
    if (!cancels(nature, range.lower, range.upper) &&
        !(nature.period && plan::is_over_periods(*nature.period, known)))
      return false;
  }
  return node_count(formula) <= codegen::largest_kernel;
}

Expected<std::shared_ptr<const Divided>> make_divided(const Expr& formula, const Symbol& variable,
                                                      const plan::Range& range, jit::Jit& jit, Use use) {
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
      const codegen::KernelSource body{part.piece.integrand, {part.piece.t}, {}};
      if (use == Use::once) {
        part.kernel = jit::host_kernel(body);
        part.rounding = jit::host_kernel({rounding_bound(body.formula, body.axes[0]), body.axes, {}});
      } else {
        TRY(both, jit.bounded_kernel(body));
        part.kernel = both.kernel;
        part.rounding = both.rounding;
      }
    }
    const Expr& integrand = part.piece.integrand ? part.piece.integrand : formula;
    const Symbol& t = part.piece.integrand ? part.piece.t : variable;
    if (const auto derivative = differentiate(integrand, t)) part.slope.emplace(*derivative, t, Bindings{});
    made->pieces.push_back(std::move(part));
  }
  return made;
}

}  // namespace jitegral
