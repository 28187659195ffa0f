#include "plan/symmetry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "analysis/taylor.h"
#include "expr/print.h"
#include "expr/tape.h"

namespace jitegral::plan {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon();
__extension__ using Quad = __float128;

// 2*pi/wave_number, and how many of them the range is.
struct Turns {
  double length;
  double count;
};
Turns turns(const analysis::Period& period, const Range& range) {
  const double length = 2 * std::numbers::pi / period.wave_number;
  return {length, std::round((range.upper - range.lower) / length)};
}

std::optional<Part> half(const Expr& formula, const Symbol& variable, const Range& range) {
  const bool everything = std::isinf(range.lower) && std::isinf(range.upper);
  const double centre = everything ? 0 : range.lower / 2 + range.upper / 2;
  if (!std::isfinite(centre) || centre - range.lower != range.upper - centre) return std::nullopt;
  const Symbol u("u");
  const Parity parity = centre == 0 ? analysis::parity(formula, variable)
                                    : analysis::parity(analysis::shifted(formula, variable, centre, u), u);
  if (parity == Parity::none) return std::nullopt;
  const std::string about = " about " + to_text(centre);
  return Part{.range = {.lower = centre, .upper = range.upper, .points = {}},
              .weight = parity == Parity::even ? 2.0 : 0.0,
              .because = parity == Parity::even ? "even" + about + ": twice one half"
                                                : "odd" + about + ": the two halves cancel"};
}

// What an odd formula leaves of a range with 0 inside.
std::optional<Part> without_mirror_image(const Expr& formula, const Symbol& variable, const Range& range) {
  if (!(range.lower < 0 && range.upper > 0) || analysis::parity(formula, variable) != Parity::odd)
    return std::nullopt;
  const double near = std::min(-range.lower, range.upper);
  const bool right = range.upper > near;
  return Part{
      .range = {.lower = right ? near : range.lower, .upper = right ? range.upper : -near, .points = {}},
      .cancels = Range{.lower = 0, .upper = near, .points = {}},
      .because = "odd: from " + to_text(-near) + " to " + to_text(near) + " it cancels"};
}

// What periods leave of the range: `gap` at its upper end, where f is `last`.
void add_rest(Part& part, double first, double last, Quad gap) {
  const auto length = static_cast<double>(gap);
  part.error = std::fabs((last - first) * length) + 4 * eps * std::fabs(last * length);
  if (length == 0) return;
  part.rest = Piece{.integrand = Expr::number(last),
                    .t = Symbol("t"),
                    .ends = {0, std::fabs(length)},
                    .weight = length > 0 ? 1.0 : -1.0,
                    .because = "the limits are doubles, the periods are not: what they differ by"};
}

}  // namespace

std::optional<Part> one_period(const Expr& formula, const Symbol& variable, const Range& range) {
  if (!std::isfinite(range.lower) || !std::isfinite(range.upper)) return std::nullopt;
  const auto period = analysis::period(formula, variable);
  if (!period || !is_over_periods(*period, range)) return std::nullopt;
  const auto [length, count] = turns(*period, range);
  const Tape f(formula, std::array{variable});
  const double first = f(std::array{range.lower}), last = f(std::array{range.upper});
  if (!std::isfinite(first) || !std::isfinite(last)) return std::nullopt;
  Part part{.range = {.lower = range.lower, .upper = range.lower + length, .points = {}}};
  if (count == 1) part.range.upper = range.upper;
  const Quad whole = static_cast<Quad>(range.upper) - range.lower;
  const Quad pi = static_cast<Quad>(0x1.921fb54442d18p+1) + 0x1.1a62633145c07p-53 - 0x1.f1976b7ed8fbcp-109;
  const Quad one = static_cast<Quad>(part.range.upper) - part.range.lower;
  if (period->alternates) {
    part.weight = 0;
    part.because = "half a period changes the sign: whole periods of " + to_text(length) + " cancel";
    add_rest(part, first, last, whole - 2 * count * pi / period->wave_number);
  } else {
    part.weight = count;
    part.period = {.length = length, .excess = static_cast<double>(one - 2 * pi / period->wave_number)};
    part.because = count == 1 ? "one period"
                              : to_text(count) + " periods of " + to_text(length) + ": one stands for all";
    add_rest(part, first, last, whole - count * one);
  }
  return part;
}

bool is_over_periods(const analysis::Period& period, const Range& range) {
  const auto [length, count] = turns(period, range);
  const double size = std::fabs(range.lower) + std::fabs(range.upper);
  const bool whole = std::fabs((range.upper - range.lower) - count * length) <= 4 * eps * size;
  const bool one = period.alternates || range.ends == Range::Ends::either;
  return whole && count >= (one ? 1 : 2);
}

std::optional<Part> part_for_whole(const Expr& formula, const Symbol& variable, const Range& range) {
  if (!range.points.empty() || range.principal_value) return std::nullopt;
  if (auto part = half(formula, variable, range)) return part;
  if (auto part = without_mirror_image(formula, variable, range)) return part;
  const auto part = one_period(formula, variable, range);
  return part && part->weight != 1 ? part : std::nullopt;
}

bool suits_trapezoid(Part& part, const Expr& formula, const Symbol& variable) {
  rules::Period& period = part.period;
  if (period.length == 0) return false;
  std::array<double, rules::Period::first> x;
  rules::nodes(period, part.range.lower, x);
  const Tape f(formula, std::array{variable});
  double sum = 0;
  for (const double at : x) sum += std::fabs(f(std::array{at}));
  const double magnitude = sum / static_cast<double>(x.size()) * period.length;
  period.harmonics = analysis::TaylorBound(formula, variable).harmonics(part.range.lower, part.range.upper);
  return period.error(rules::Period::most) <= eps * magnitude;
}

}  // namespace jitegral::plan
