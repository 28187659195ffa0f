#include "plan/alternating.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "analysis/enclosure.h"
#include "analysis/local.h"
#include "expr/expansion.h"
#include "expr/tape.h"
#include "expr/transform.h"
#include "rules/gauss_kronrod.h"

namespace jitegral::plan {
namespace {

// Weights of the terms of an alternating series, all positive here: the terms bring their signs.
std::vector<double> weights(int n) {
  const double root = std::pow(3 + std::sqrt(8.0), n);
  const double d = (root + 1 / root) / 2;
  double b = -1, c = -d;
  std::vector<double> list;
  for (int k = 0; k < n; ++k) {
    c = b - c;
    list.push_back(std::fabs(c / d));
    b *= (k + n) * static_cast<double>(k - n) / ((k + 0.5) * (k + 1));
  }
  return list;
}

constexpr int terms = 30, fewer_terms = 22;

// x[k] with phase(x[k]) = phase(from) + k*pi, by Newton's method from the last one.
std::optional<std::vector<double>> half_periods(const Tape& phase, const Tape& rate, double from) {
  const auto at = [](const Tape& tape, double x) { return tape(std::array{x}); };
  const double sign = at(rate, from) < 0 ? -1 : 1;
  std::vector<double> ends{from};
  double target = at(phase, from);
  for (int k = 0; k < terms; ++k) {
    target += sign * std::numbers::pi;
    double x = ends.back() + std::numbers::pi / std::fabs(at(rate, ends.back()));
    for (int i = 0; i < 30; ++i) {
      const double step = (at(phase, x) - target) / at(rate, x);
      x = std::max(x - step, std::nextafter(ends.back(), x));
      if (std::fabs(step) <= 1e-14 * std::fabs(x)) break;
    }
    if (!std::isfinite(x) || !(x > ends.back()) || std::fabs(at(phase, x) - target) > 1e-6)
      return std::nullopt;
    ends.push_back(x);
  }
  return ends;
}

double half_period_integral(const Tape& f, double a, double b) {
  std::array<double, 21> x{}, y{};
  rules::nodes(rules::gauss_kronrod_21, a, b, x);
  std::ranges::transform(x, y.begin(), [&](double at) { return f(std::array{at}); });
  return rules::integral(rules::gauss_kronrod_21, a, b, y);
}

}  // namespace

std::optional<Alternating> alternate(const analysis::Wave& wave, const Symbol& variable, double from) {
  const auto derivative = differentiate(wave.phase, variable);
  if (!derivative) return std::nullopt;
  const Interval slopes = analysis::Enclosure(*derivative, variable, {})({from, HUGE_VAL});
  if (slopes.is_empty() || (slopes.lo <= 0 && slopes.hi >= 0)) return std::nullopt;
  const std::array symbols{variable};
  const auto ends = half_periods(Tape(wave.phase, symbols), Tape(*derivative, symbols), from);
  if (!ends) return std::nullopt;
  Alternating out{.ends = *ends, .weights = weights(terms)};
  const Tape f(analysis::to_formula(wave), symbols);
  const std::vector<double> fewer = weights(fewer_terms);
  double more = 0, less = 0;
  for (std::size_t k = 0; k < out.weights.size(); ++k) {
    const double part = half_period_integral(f, (*ends)[k], (*ends)[k + 1]);
    more += out.weights[k] * part;
    if (k < fewer.size()) less += fewer[k] * part;
  }
  out.error = std::fabs(more - less);
  if (!std::isfinite(out.error)) return std::nullopt;
  return out;
}

Fate fate_of(const analysis::Wave& wave, const Symbol& variable) {
  using analysis::Behaviour;
  const auto rate = differentiate(wave.phase, variable);
  if (!rate) return Fate::unknown;
  const Symbol t("t");
  for (const Expr& amplitude : {wave.cosine, wave.sine}) {
    if (amplitude.is_number(0)) continue;
    const Expr ratio = simplify(expand("x y /", std::array{amplitude, *rate}));
    const Behaviour f = analysis::behaviour(ratio, variable, {}, {.side = 1, .infinite = true}, t);
    const bool vanishes = f.kind == Behaviour::Kind::known && f.limit == 0 && f.rest && f.order > 0;
    if (vanishes) continue;
    return f.kind == Behaviour::Kind::known && !f.at_least ? Fate::stays : Fate::unknown;
  }
  return Fate::dies_away;
}

}  // namespace jitegral::plan
