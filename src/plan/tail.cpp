#include "plan/tail.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "analysis/enclosure.h"
#include "expr/tape.h"

namespace jitegral::plan {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// The shells are from + side*[2^k, 2^(k+1)], least <= k < most.
constexpr int least = -30, most = 60;

Interval between(double a, double b) { return {std::min(a, b), std::max(a, b)}; }

}  // namespace

std::optional<double> mass_beyond(const Expr& formula, const Symbol& variable, double from, double side) {
  const analysis::Enclosure enclosure(formula, variable, {});
  const Tape tape(formula, std::array{variable});
  struct Part {
    double a, b, bound;
  };
  std::vector<Part> open;
  const auto push = [&](double a, double b) {
    const Interval values = enclosure(between(from + side * a, from + side * b));
    const double bound = values.is_empty() ? 0 : values.largest() * (b - a);
    if (!(bound > 0)) return;
    open.push_back({a, b, bound});
    std::ranges::push_heap(open, {}, &Part::bound);
  };
  for (int k = least; k < most; ++k) push(std::ldexp(1.0, k), std::ldexp(1.0, k + 1));
  double best = 0, at = 0;
  constexpr int most_parts = 2000;
  for (int i = 0; i < most_parts && !open.empty(); ++i) {
    std::ranges::pop_heap(open, {}, &Part::bound);
    const Part part = open.back();
    open.pop_back();
    const double middle = std::midpoint(part.a, part.b);
    const double mass = std::fabs(tape(std::array{from + side * middle})) * (part.b - part.a);
    if (std::isfinite(mass) && mass > best) best = mass, at = middle;
    if (best > 0.01 * part.bound) break;
    push(part.a, middle);
    push(middle, part.b);
  }
  if (best == 0) return std::nullopt;
  return from + side * at;
}

std::optional<Cut> negligible_from(const Expr& formula, const Symbol& variable, double from, double side) {
  const analysis::Enclosure enclosure(formula, variable, {});
  const Tape tape(formula, std::array{variable});
  std::vector<double> bounds;
  double mass = 0;
  for (int k = least; k < most; ++k) {
    const double near = std::ldexp(1.0, k), far = 2 * near;
    const double a = from + side * near, b = from + side * far;
    const Interval values = enclosure(between(a, b));
    const double bound = values.is_empty() ? 0 : values.largest() * near;
    bounds.push_back(std::isnan(bound) ? infinity : bound);
    for (const double fraction : {0.1, 0.5, 0.9}) {
      const double y = tape(std::array{std::lerp(a, b, fraction)});
      if (std::isfinite(y)) mass = std::max(mass, std::fabs(y) * near * 0.2);
    }
  }
  // What underflows from here to infinity is taken to be gone.
  const double end = std::ldexp(1.0, most);
  const Interval rest = enclosure(side > 0 ? Interval{end, infinity} : Interval{-infinity, -end});
  if (!rest.is_empty() && !(rest.largest() < 1e-300)) return std::nullopt;
  double beyond = 0;
  std::size_t k = bounds.size();
  while (k > 0 && beyond + bounds[k - 1] <= 1e-18 * mass) beyond += bounds[--k];
  if (k == bounds.size() || mass == 0) return std::nullopt;
  return Cut{from + side * std::ldexp(1.0, least + static_cast<int>(k)), beyond};
}

}  // namespace jitegral::plan
