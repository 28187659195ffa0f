#include "plan/end.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "expr/print.h"

namespace jitegral::plan {
namespace {

using analysis::Approach;
using analysis::Behaviour;
using Map = Approach::Map;

constexpr double infinity = std::numeric_limits<double>::infinity();

// The smallest p up to 12 that makes all orders whole multiples of 1/p; 0 if there is none.
double common_denominator(const std::vector<double>& orders) {
  for (int p = 2; p <= 12; ++p)
    if (std::ranges::all_of(orders, [p](double a) { return std::fabs(a * p - std::round(a * p)) < 1e-9; }))
      return p;
  return 0;
}

// What the behaviour at an end means for the integral.
void judge(End& end) {
  end.order = end.f.leading_order() - (end.approach.infinite ? 2 : 0);
  end.logs = end.f.leading_logs();
  end.known = end.f.kind == Behaviour::Kind::known;
  if (!end.known) return;
  const bool certain = !end.f.at_least || end.f.limit != 0;
  end.divergent =
      certain && (end.f.rest || end.f.limit != 0) && (end.order < -1 || (end.order == -1 && end.logs >= -1));
  if (end.order == -1) end.known = end.divergent;
}

}  // namespace

End end_of(const Expr& formula, const Symbol& variable, const Approach& approach, const Symbol& t) {
  End end{.approach = approach, .f = analysis::behaviour(formula, variable, {}, approach, t)};
  judge(end);
  return end;
}

void choose_map(Approach& approach, std::vector<double> powers, bool logarithms) {
  const bool whole =
      std::ranges::all_of(powers, [](double a) { return std::trunc(a) == a || std::isinf(a); });
  if (!logarithms && whole) return;
  const double p = logarithms ? 0 : common_denominator(powers);
  approach.map = p != 0 ? Map::power : Map::exponential;
  approach.power = p != 0 ? p : 1;
}

Piece piece_at(const End& end, double length, const Expr& formula, const Symbol& variable, const Symbol& t) {
  Approach approach = end.approach;
  std::vector<double> powers = end.f.powers;
  powers.push_back(end.order);
  choose_map(approach, std::move(powers), end.f.logarithms);
  double from = 0, to = length;
  std::string map;
  if (approach.map == Map::power) {
    to = std::pow(length, 1 / approach.power);
    map = "d = t^" + to_text(approach.power);
  } else if (approach.map == Map::exponential) {
    from = -std::log(length);
    // exp(-(1+order)*t) has fallen by a factor of 1e20 there.
    to = from + (46 + 4 * std::fabs(end.logs)) / (1 + end.order);
    map = "d = exp(-t)";
  }
  const Behaviour f = approach.map == Map::identity && !approach.infinite
                          ? end.f
                          : analysis::behaviour(formula, variable, {}, approach, t);
  return {.integrand = analysis::mapped_integrand(f, approach, t),
          .t = t,
          .ends = {from, to},
          .because = "near " + to_text(approach.infinite ? approach.side * infinity : approach.from) +
                     " the formula is written in the distance d" +
                     (map.empty() ? map : ", and " + map + " makes it smooth")};
}

Piece distance_piece(const End& end, double length, const Expr& formula, const Symbol& variable,
                     const Symbol& t) {
  const Behaviour f =
      end.approach.infinite ? analysis::behaviour(formula, variable, {}, end.approach, t) : end.f;
  return {.integrand = analysis::mapped_integrand(f, end.approach, t),
          .t = t,
          .ends = {0, length},
          .because = "near " +
                     to_text(end.approach.infinite ? end.approach.side * infinity : end.approach.from) +
                     " the formula is written in the distance d"};
}

bool is_for_double_exponential(const End& end) {
  Approach approach = end.approach;
  std::vector<double> powers = end.f.powers;
  powers.push_back(end.order);
  choose_map(approach, std::move(powers), end.f.logarithms);
  // x^0.08 at 1e-308 is 2e-25. Powers up to t^5 are cheaper, measured over the catalogue.
  constexpr double least = 0.08, low_power = 5;
  return 1 + end.order >= least &&
         (approach.map == Map::exponential || (approach.map == Map::power && approach.power > low_power));
}

std::string law(const End& end) {
  const double order = end.f.leading_order();
  std::string text = "(x - x0)^" + to_text(order);
  if (end.approach.infinite) text = "x^" + to_text(-order);
  if (std::isinf(order)) text = "an exponential";
  if (order == 0 && end.f.limit != 0) text = "the constant " + to_text(end.f.limit);
  if (end.logs != 0) text += " times a power of its logarithm";
  return text;
}

}  // namespace jitegral::plan
