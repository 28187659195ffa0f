#include "plan/pieces.h"

#include <algorithm>
#include <cmath>

#include "analysis/critical_points.h"
#include "analysis/quadratic.h"
#include "expr/print.h"
#include "plan/division.h"
#include "plan/phase.h"
#include "plan/symmetry.h"

namespace jitegral::plan {

std::string_view Pieces::method() const {
  if (!list.empty() && std::isfinite(list.front().period.harmonics)) return "trapezoid";
  const auto chosen = std::ranges::count_if(list, [](const Piece& piece) { return piece.rule != nullptr; });
  if (chosen == 0) return {};
  return chosen == std::ssize(list) ? "tanh_sinh" : "gauss_kronrod and tanh_sinh";
}

Range range_of(double from, double to, const Options& options) {
  Range range{std::min(from, to), std::max(from, to), options.points, options.principal_value};
  if (options.rule->panel == nullptr) return range;
  if (options.rule->panel->is_double_exponential()) range.ends = Range::Ends::left;
  if (options.rule->name == "auto") range.ends = Range::Ends::either;
  return range;
}

namespace {

// Through a part of the range that stands for the whole, where symmetry allows. A formula without an integral
// there is looked at as a whole: it may have a principal value.
std::optional<Pieces> divide_part(const Expr& formula, const Symbol& variable, const Range& range) {
  const auto part = part_for_whole(formula, variable, range);
  if (!part) return std::nullopt;
  if (part->cancels) {
    const auto there = divide_at_critical_points(formula, variable, *part->cancels);
    if (!there || there->divergent) return std::nullopt;
  }
  std::optional<Pieces> pieces = divide_at_critical_points(formula, variable, part->range);
  if (!pieces || pieces->divergent) return std::nullopt;
  if (part->weight == 0) pieces->list.clear();
  for (Piece& piece : pieces->list) piece.weight *= part->weight;
  pieces->error = part->weight * pieces->error + part->error;
  if (part->rest) pieces->list.push_back(*part->rest);
  pieces->facts.push_back(part->because);
  return pieces;
}

// One period, where it is proven that equidistant points find its integral.
std::optional<Pieces> divide_into_periods(const Expr& formula, const Symbol& variable, const Range& range) {
  if (range.ends != Range::Ends::either || !range.points.empty() || range.principal_value)
    return std::nullopt;
  auto part = one_period(formula, variable, range);
  if (!part || !suits_trapezoid(*part, formula, variable)) return std::nullopt;
  Pieces pieces{.error = part->error, .facts = {part->because}};
  pieces.list.push_back({.ends = {part->range.lower, part->range.upper},
                         .weight = part->weight,
                         .because =
                             "analytic: equidistant points over the period, so many that a bound on the "
                             "harmonics proves them enough",
                         .period = part->period});
  if (part->rest) pieces.list.push_back(*part->rest);
  return pieces;
}

// One period of an entire formula that the trapezoidal rule does not suit: the formula as it is.
bool is_plain_period(const Expr& formula, const Symbol& variable, const Range& range) {
  return range.ends == Range::Ends::either && range.points.empty() && !range.principal_value &&
         analysis::is_entire(formula, variable) && one_period(formula, variable, range);
}

}  // namespace

std::optional<Pieces> divide(const Expr& formula, const Symbol& variable, const Range& range) {
  if (range.ends == Range::Ends::left) return divide_at_critical_points(formula, variable, range);
  if (auto pieces = integrate_over_phase(formula, variable, range)) return pieces;
  const Expr squares = analysis::with_squares_completed(formula, variable);
  std::optional<Pieces> pieces = divide_into_periods(squares, variable, range);
  if (!pieces) pieces = divide_part(squares, variable, range);
  if (!pieces && squares == formula && is_plain_period(formula, variable, range)) return std::nullopt;
  if (!pieces) pieces = divide_at_critical_points(squares, variable, range);
  if (pieces && squares != formula) {
    pieces->facts.push_back("with squares completed: " + to_text(squares));
    for (Piece& piece : pieces->list)
      if (!piece.integrand) piece.integrand = squares, piece.t = variable;
  }
  return pieces;
}

}  // namespace jitegral::plan
