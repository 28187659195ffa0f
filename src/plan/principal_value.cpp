#include "plan/principal_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/symmetry.h"
#include "expr/evaluate.h"
#include "expr/expansion.h"
#include "expr/print.h"
#include "expr/transform.h"

namespace jitegral::plan {
namespace {

using analysis::Approach;
using analysis::Behaviour;
using Map = Approach::Map;

constexpr double eps = std::numeric_limits<double>::epsilon();

double leading(const Behaviour& f) { return f.limit != 0 ? f.limit : f.coefficient; }

bool opposite(const Behaviour& a, const Behaviour& b) {
  const double sum = leading(a) + leading(b);
  return std::fabs(sum) <= 64 * eps * (std::fabs(leading(a)) + std::fabs(leading(b)));
}

// True if the sum of both sides, t^order * rest, is integrable down to 0: as many terms of the series of
// `rest` as need be are 0.
bool is_integrable(const Expr& rest, const Symbol& t, double order) {
  if (order == -1) return true;  // the leading terms cancel, and that is enough
  constexpr double most = -9;
  if (std::trunc(order) != order || order < most) return false;
  Bindings bindings;
  bindings.bind(t, 0);
  std::optional<Expr> term = rest;
  for (int k = static_cast<int>(order); k <= -1 && term; ++k) {
    const double value = evaluate(*term, bindings);
    if (!(std::fabs(value) <= 1e-10)) return false;
    term = differentiate(*term, t);
  }
  return term.has_value();
}

// How fast the sum of both sides falls against 1/d: as fast as the slowest power that was met.
double slowest_fall(const Behaviour& f) {
  double fall = 1;
  for (const double power : f.powers)
    if (power > -1) fall = std::min(fall, power + 1);
  return fall;
}

Behaviour sum(Behaviour a, const Behaviour& b) {
  a.rest = simplify(expand("x y +", std::array{a.rest, b.rest}));
  a.powers.insert(a.powers.end(), b.powers.begin(), b.powers.end());
  a.logarithms = a.logarithms || b.logarithms;
  return a;
}

}  // namespace

std::optional<Folded> fold_pole(const Expr& formula, const Symbol& variable, const End& below,
                                const End& above, double length, const Symbol& t) {
  const bool same_law = below.order == above.order && below.logs == above.logs && std::isfinite(above.order);
  if (!same_law || !below.f.rest || !above.f.rest || !opposite(below.f, above.f)) return std::nullopt;
  const double centre = above.approach.infinite ? 0 : above.approach.from;
  if (analysis::parity(analysis::shifted(formula, variable, centre, t), t) == Parity::odd) return Folded{};
  const Behaviour both = sum(above.f, below.f);
  if (above.logs != 0 || !is_integrable(both.rest, t, above.order)) return std::nullopt;
  Approach approach = above.approach, mirrored = below.approach;
  choose_map(approach, both.powers, both.logarithms);
  mirrored.map = approach.map;
  mirrored.power = approach.power;
  double from = 0, to = length;
  if (approach.map == Map::power) to = std::pow(length, 1 / approach.power);
  if (approach.map == Map::exponential) {
    from = -std::log(length);
    to = from + 46 / slowest_fall(both);
  }
  const Behaviour mapped = sum(analysis::behaviour(formula, variable, {}, approach, t),
                               analysis::behaviour(formula, variable, {}, mirrored, t));
  const std::string place = above.approach.infinite ? "infinity" : to_text(centre);
  return Folded{.piece = Piece{.integrand = analysis::mapped_integrand(mapped, approach, t),
                               .t = t,
                               .ends = {from, to},
                               .because = "both sides of " + place + " are folded: the principal value"},
                .error = 8 * eps * std::fabs(centre * leading(above.f)) / length};
}

}  // namespace jitegral::plan
