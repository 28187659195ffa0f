#include "plan/phase.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "analysis/degree.h"
#include "analysis/waves.h"
#include "expr/expansion.h"
#include "expr/print.h"
#include "expr/rounding.h"
#include "expr/tape.h"
#include "expr/transform.h"

namespace jitegral::plan {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon();

// k where a = k*rate, both polynomials of at most that degree: they agree at more points than that.
std::optional<double> ratio(const Expr& a, const Expr& rate, int degree, const Symbol& x,
                            const Range& range) {
  if (a.is_number(0)) return 0;
  const Tape above(a, std::array{x}), below(rate, std::array{x});
  const int points = degree + 2;
  double steepest = 0, k = 0;
  std::vector<std::array<double, 2>> values;
  for (int i = 0; i < points; ++i) {
    const std::array at{std::lerp(range.lower, range.upper, (i + 0.381966) / points)};
    values.push_back({above(at), below(at)});
    if (std::fabs(values.back()[1]) > steepest) {
      steepest = std::fabs(values.back()[1]);
      k = values.back()[0] / values.back()[1];
    }
  }
  const auto fits = [&](const auto& v) {
    return std::fabs(v[0] - k * v[1]) <= 32 * eps * std::fabs(k) * steepest;
  };
  if (!std::isfinite(k) || !std::ranges::all_of(values, fits)) return std::nullopt;
  return k;
}

}  // namespace

std::optional<Pieces> integrate_over_phase(const Expr& formula, const Symbol& variable, const Range& range) {
  if (!std::isfinite(range.lower) || !std::isfinite(range.upper)) return std::nullopt;
  if (!analysis::has_curved_phase(formula, variable)) return std::nullopt;
  const auto waves = analysis::waves(formula, variable);
  if (!waves || waves->size() != 1 || !(*waves)[0].phase) return std::nullopt;
  const auto& [phase, cosine, sine] = (*waves)[0];
  const auto rate = differentiate(phase, variable);
  const std::array degrees{analysis::degree(phase, variable), analysis::degree(cosine, variable),
                           analysis::degree(sine, variable)};
  if (!rate || std::ranges::min(degrees) < 0) return std::nullopt;
  const auto k = ratio(cosine, *rate, std::ranges::max(degrees), variable, range);
  const auto l = ratio(sine, *rate, std::ranges::max(degrees), variable, range);
  if (!k || !l) return std::nullopt;
  const std::array x{variable};
  const Tape p(phase, x), blur(rounding_bound(phase, variable), x), slope(*rate, x);
  const double from = p(std::array{range.lower}), far = p(std::array{range.upper});
  // Over whole turns nothing is left.
  constexpr double turn = 2 * std::numbers::pi;
  const double to = from + std::remainder(far - from, turn);
  const Symbol u("u");
  const std::array parts{Expr::number(*k), Expr::number(*l), Expr::variable(u)};
  Pieces out;
  const double size = std::fabs(*k) + std::fabs(*l);
  const double length = range.upper - range.lower;
  const double rise = std::max({std::fabs(slope(std::array{range.lower})),
                                std::fabs(slope(std::array{range.upper})), std::fabs(far - from) / length});
  out.error = size * (blur(std::array{range.lower}) + blur(std::array{range.upper}) +
                      eps * std::fabs(far - from) + 4 * eps * rise * length);
  if (from != to)
    out.list.push_back(
        {.integrand = simplify(expand("x z cos * y z sin * +", parts)),
         .t = u,
         .ends = {std::min(from, to), std::max(from, to)},
         .weight = from < to ? 1.0 : -1.0,
         .because = "the amplitude is the rate of the phase u = " + to_text(phase) + "; whole turns cancel"});
  out.facts.emplace_back("a wave whose amplitude is the rate of its phase, which is integrated over instead");
  return out;
}

}  // namespace jitegral::plan
