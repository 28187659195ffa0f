#include "api/extended.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <vector>

#include "analysis/enclosure.h"
#include "expr/conditioning.h"
#include "expr/expansion.h"
#include "expr/rounding.h"
#include "expr/transform.h"
#include "interpreter/extended_kernel.h"

namespace jitegral {
namespace {

// What is asked for in vain is asked for at a price.
constexpr std::uint64_t most_evaluations = 400'000;

struct Integrand {
  Kernel f, rounding;
  std::optional<analysis::Enclosure> slope;
};

std::optional<Integrand> make(const plan::Piece& piece) {
  // Bounds are made for 53 bits and half a unit an operation; here are 64, and functions are good to 2 units.
  constexpr double finer = 0x1p-9;
  const Expr formula = well_conditioned(piece.integrand);
  const Expr bound = expand("x y *", std::array{rounding_bound(formula, piece.t), Expr::number(finer)});
  const auto f = interpreter::extended_kernel(formula, piece.t);
  const auto rounding = interpreter::extended_kernel(bound, piece.t);
  if (!f || !rounding) return std::nullopt;
  Integrand made{*f, *rounding, {}};
  if (const auto derivative = differentiate(formula, piece.t))
    made.slope.emplace(*derivative, piece.t, Bindings{});
  return made;
}

// One panel to begin with: its origin, and its length.
struct Panel {
  double origin;
  std::array<double, 2> ends;
};

// What b - a is wrong by.
double lost(double a, double b) {
  const double length = b - a, back = b - length;
  return (back - a) + ((b - back) - length);
}

}  // namespace

std::optional<engine::Result> integrate_extended(std::span<const plan::Piece> pieces, double error,
                                                 const plan::Options& options,
                                                 const engine::Control& control) {
  std::deque<Integrand> integrands;  // whose elements stay where they are
  std::deque<Panel> panels;
  std::vector<engine::Piece> list;
  for (const plan::Piece& piece : pieces) {
    if (!std::isfinite(piece.ends.back() - piece.ends.front())) return std::nullopt;
    auto made = make(piece);
    if (!made) return std::nullopt;
    const Integrand& integrand = integrands.emplace_back(std::move(*made));
    for (std::size_t i = 1; i < piece.ends.size(); ++i) {
      const double a = piece.ends[i - 1], b = piece.ends[i];
      const Panel& panel = panels.emplace_back(Panel{a, {0, b - a}});
      const std::span params(&panel.origin, 1);
      if (const double gap = lost(a, b); gap != 0)
        error += std::fabs(piece.weight * gap * integrand.f(std::array{panel.ends[1]}, params));
      list.push_back({.kernel = &integrand.f,
                      .params = params,
                      .ends = panel.ends,
                      .weight = piece.weight,
                      .rule = piece.rule != nullptr ? piece.rule : options.rule->panel,
                      .verify = piece.verify,
                      .rounding = &integrand.rounding});
      if (integrand.slope)
        list.back().steepest = [&slope = *integrand.slope, a](double from, double to) {
          const Interval range = slope({a + from, a + to});
          return range.is_empty() ? 0 : range.largest();
        };
    }
  }
  return engine::integrate_adaptive(list,
                                    {.tolerance = options.tolerance,
                                     .max_evaluations = std::min(options.max_evals, most_evaluations),
                                     .error = error},
                                    control);
}

}  // namespace jitegral
