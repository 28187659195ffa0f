#include "api/explain.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <ranges>

#include "analysis/grid_form.h"
#include "analysis/near_form.h"
#include "analysis/pairing.h"
#include "analysis/smoothness.h"
#include "api/divided.h"
#include "api/integral_picture.h"
#include "expr/conditioning.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "functions/near.h"
#include "plan/pieces.h"
#include "plan/schedule.h"

namespace jitegral {
namespace {

struct Explainer {
  const plan::Options& defaults;
  int points;  // of pictures
  Explanation& out;

  void line(int depth, const std::string& words) {
    out.text.append(2 * static_cast<std::size_t>(depth), ' ');
    out.text += words + "\n";
  }

  // Limits that depend on surrounding variables are not known before the run.
  static bool is_constant(const Expr& limit) { return !limit->has_integral && free_symbols(limit).empty(); }

  Expected<void> integral(const Expr& expr, int depth) {
    const Expr &body = expr->arguments[0], &lower = expr->arguments[1], &upper = expr->arguments[2];
    line(depth, "integral of " + to_text(body));
    line(depth, "  over " + expr->symbol.name() + " from " + to_text(lower) + " to " + to_text(upper));
    TRY(options, plan::resolve(*expr->options, {}, defaults));
    if (is_constant(lower) && is_constant(upper)) TRY_VOID(schedule(expr, options, depth));
    for (const Expr& inner : outermost_integrals(body)) TRY_VOID(integral(inner, depth + 1));
    return {};
  }

  static std::string budget(const plan::Options& options) {
    std::string text = std::to_string(options.max_evals) + " evaluations";
    if (std::isfinite(options.time_limit)) text += ", " + to_text(options.time_limit) + " seconds";
    return text;
  }

  Expected<void> schedule(const Expr& expr, const plan::Options& options, int depth) {
    const Expr& body = expr->arguments[0];
    const double from = evaluate(expr->arguments[1]), to = evaluate(expr->arguments[2]);
    TRY_VOID(plan::check_range(options, from, to, *expr->options));
    const auto pieces = options.n_iter ? std::nullopt : divided(expr, from, to, options);
    draw(expr, from, to, options, pieces);
    bool smooth = true;
    if (pieces) {
      show(*pieces, depth);
      if (pieces->divergent) return {};
    } else {
      const plan::Reach reach = plan::mapped_reach(options, from, to);
      const plan::Mapped mapped =
          plan::map_to_finite(options.n_iter ? body : well_conditioned(body), expr->symbol, reach);
      smooth = analysis::is_smooth(mapped.integrand);
      line(depth, "  transform: " + std::string(mapped.because));
      if (reach != plan::Reach::finite) line(depth, "  integrand: " + to_text(mapped.integrand));
    }
    TRY(schedule, plan::make_schedule(smooth, options, from, to, *expr->options));
    const bool own_rules = pieces && !pieces->method().empty();
    line(depth, "  rule: " + std::string(own_rules ? pieces->method() : schedule.method));
    if (!options.n_iter) line(depth, "  budget: " + budget(options));
    for (const std::string& reason : plan::reasons(schedule, options)) line(depth, "  because: " + reason);
    if (options.n_iter) show_grid(expr, plan::extent_of(schedule.combs), depth);
    return {};
  }

  // Other symbols have no value before the run.
  static bool is_known(const Expr& expr) {
    return std::ranges::all_of(free_symbols(expr->arguments[0]),
                               [&](const Symbol& symbol) { return symbol == expr->symbol; });
  }

  void draw(const Expr& expr, double from, double to, const plan::Options& options,
            const std::optional<plan::Pieces>& pieces) {
    const Expr& body = expr->arguments[0];
    if (points == 0 || !(from < to || from > to) || body->has_integral || body->has_host || !is_known(expr))
      return;
    const plan::Range range = plan::range_of(from, to, options);
    if (auto made = picture_of_integral(body, expr->symbol, range, pieces ? &*pieces : nullptr, points))
      out.pictures.push_back(std::move(*made));
  }

  static std::optional<plan::Pieces> divided(const Expr& expr, double from, double to,
                                             const plan::Options& options) {
    const Expr& body = expr->arguments[0];
    if (!is_known(expr)) return {};
    const plan::Range range = plan::range_of(from, to, options);
    if (!is_divisible(body, nature_of(body, expr->symbol, {}), range, {})) return {};
    return plan::divide(body, expr->symbol, range);
  }

  void show(const plan::Pieces& pieces, int depth) {
    constexpr std::size_t most = 6;
    for (const std::string& fact : pieces.facts) line(depth, "  found: " + fact);
    if (pieces.divergent) line(depth, "  divergent: " + *pieces.divergent);
    for (const plan::Piece& piece : pieces.list | std::views::take(most)) {
      line(depth, "  piece from " + to_text(piece.ends.front() + 0.0) + " to " + to_text(piece.ends.back()) +
                      ": " + piece.because);
      if (piece.integrand) line(depth, "    integrand: " + to_text(piece.integrand));
    }
    if (pieces.list.size() > most)
      line(depth, "  and " + std::to_string(pieces.list.size() - most) + " pieces more");
    if (pieces.error > 0) line(depth, "  left out: at most " + to_text(pieces.error));
  }

  void show_grid(const Expr& expr, const plan::Extent& extent, int depth) {
    if (expr->arguments[0]->has_integral || expr->arguments[0]->has_host) return;
    const analysis::GridForm whole = analysis::grid_form(expr->arguments[0], expr->symbol);
    if (whole.otherwise && extent.points >= whole.least_count)
      line(depth, "  rows of " + std::to_string(8 * whole.columns) +
                      " points are added up by the formula's Taylor series about their middle, where it is "
                      "proven to be analytic and to vary little");
    const analysis::GridForm& form = whole.otherwise ? *whole.otherwise : whole;
    for (const Expr& one : form.separated)
      line(depth, "  once a row and once a column of the grid, by its addition theorem: " + to_text(one));
    if (form.way == analysis::GridForm::Way::rows)
      line(depth, "  rows of " + std::to_string(8 * form.columns) +
                      " points are added up as a whole: a sum of products, one factor for the row each");
    if (form.way == analysis::GridForm::Way::products)
      line(depth,
           "  points are products of factors that are known: of the row, of the column, of the place in a "
           "tile");
    for (const auto& [one, other] : analysis::with_pairs(expr->arguments[0]).calls)
      if (std::ranges::find(form.separated, one) == form.separated.end())
        line(depth, "  computed together, from one reduction: " + to_text(one) + " and " + to_text(other));
    if (extent.points < analysis::GridForm::proofs_pay) return;
    const analysis::Known known{expr->symbol, extent.range};
    for (const Expr& call : analysis::near_form(expr->arguments[0], {&known, 1}).calls)
      if (std::ranges::find(form.separated, call) == form.separated.end())
        line(depth, "  without care for " + std::string(functions::near(*call->function)->spared) +
                        ", of which the grid has none: " + to_text(call));
  }
};

}  // namespace

Expected<void> explain_formula(const Expr& formula, const plan::Options& defaults, int points,
                               Explanation& explanation) {
  Explainer explainer{defaults, points, explanation};
  if (!formula->has_integral) explainer.line(0, "plain arithmetic: " + to_text(formula));
  for (const Expr& integral : outermost_integrals(formula)) TRY_VOID(explainer.integral(integral, 0));
  return {};
}

}  // namespace jitegral
