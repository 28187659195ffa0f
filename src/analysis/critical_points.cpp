#include "analysis/critical_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/roots.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/tape.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

constexpr std::size_t most_jumps = 20'000;

// x^n for n = 0, 1, 2, … is a polynomial.
bool is_polynomial(const Node& node) {
  static const Function& power = *functions::find("^");
  if (node.function != &power || !node.arguments[1].is_number()) return false;
  const double n = node.arguments[1]->value;
  return n >= 0 && std::trunc(n) == n;
}

// 1 or 0 by construction: such a condition jumps where its own row says.
bool is_truth(const Expr& expr) {
  if (expr->kind != ExprKind::apply) return false;
  const Instruction i = expr->function->instruction;
  return expr->function->lowering == Lowering::instruction && i >= Instruction::less &&
         i <= Instruction::logical_not;
}

// Calls visit(node, critical, where) for every critical place that depends on the variable.
template <class Visit>
void for_each_critical(const Expr& formula, const Symbol& variable, Visit&& visit) {
  fold<int>(formula, [&](const Node& node, std::span<const int> below) {
    if (node.kind == ExprKind::variable) return node.symbol == variable ? 1 : 0;
    if (node.kind == ExprKind::integral) return 1;
    const bool depends = std::ranges::find(below, 1) != below.end();
    if (!depends || node.function->critical[0].where.empty() || is_polynomial(node)) return depends ? 1 : 0;
    for (const Critical& critical : node.function->critical) {
      if (critical.where.empty()) continue;
      const Expr where = simplify(expand(critical.where, node.arguments));
      if (is_truth(where) || !depends_on(where, variable)) continue;
      visit(node, critical, where);
    }
    return 1;
  });
}

class Collector {
 public:
  Collector(const Symbol& variable, Interval range) : variable_(variable), range_(range) {
    // Roots that rounding moved out of the range belong to its ends.
    search_ = range;
    if (std::isfinite(range.lo)) search_.lo -= slack(range.lo);
    if (std::isfinite(range.hi)) search_.hi += slack(range.hi);
  }

  void add(const Node& node, const Critical& critical, const Expr& where) {
    using Set = Critical::Set;
    using Kind = CriticalPoint::Kind;
    const bool whole = critical.set == Set::jumps || critical.set == Set::poles;
    const Roots roots = whole ? find_whole_values(where, variable_, {}, search_, most_jumps)
                              : find_roots(where, variable_, {}, search_);
    found_.complete = found_.complete && roots.complete;
    const Kind kind = critical.set == Set::kink || critical.set == Set::jumps ? Kind::kink : Kind::singular;
    const Expr because = rebuild(node, node.arguments);
    for (const double root : roots.at) {
      if (critical.set == Set::poles && !is_pole(where, root)) continue;
      found_.points.push_back({.at = snapped(root), .kind = kind, .because = because});
    }
  }

  CriticalPoints take() {
    auto& points = found_.points;
    // At one place the worse kind stays.
    std::ranges::sort(points, [](const CriticalPoint& a, const CriticalPoint& b) {
      return a.at != b.at ? a.at < b.at : a.kind > b.kind;
    });
    const auto same = std::ranges::unique(points, [](const CriticalPoint& a, const CriticalPoint& b) {
      return std::fabs(a.at - b.at) <= slack(a.at) && a.kind >= b.kind;
    });
    points.erase(same.begin(), same.end());
    return std::move(found_);
  }

 private:
  static double slack(double x) { return 4 * std::numeric_limits<double>::epsilon() * std::fabs(x); }

  double snapped(double x) const {
    if (std::isfinite(range_.lo) && std::fabs(x - range_.lo) <= slack(range_.lo)) return range_.lo;
    const bool at_hi = std::isfinite(range_.hi) && std::fabs(x - range_.hi) <= slack(range_.hi);
    return at_hi ? range_.hi : x;
  }

  bool is_pole(const Expr& where, double x) const {
    Bindings bindings;
    bindings.bind(variable_, x);
    return std::round(evaluate(where, bindings)) <= 0;
  }

  const Symbol& variable_;
  Interval range_, search_;
  CriticalPoints found_;
};

}  // namespace

CriticalPoints critical_points(const Expr& formula, const Symbol& variable, Interval range) {
  Collector collector(variable, range);
  for_each_critical(formula, variable, [&](const Node& node, const Critical& critical, const Expr& where) {
    collector.add(node, critical, where);
  });
  return collector.take();
}

namespace {

// u where a node is u^2, u^4, …; null elsewhere.
Expr squared(const Node& node) {
  static const Function& times = functions::operation(Instruction::multiply);
  static const Function& power = *functions::find("^");
  if (node.kind != ExprKind::apply) return {};
  if (node.function == &times && node.arguments[0] == node.arguments[1]) return node.arguments[0];
  const bool even =
      node.function == &power && node.arguments[1].is_number() && std::fmod(node.arguments[1]->value, 2) == 0;
  return even ? node.arguments[0] : Expr{};
}

}  // namespace

namespace {

// g where a node is exp(g) or f/g: peaks are where g is stationary.
Expr peaked(const Node& node) {
  static const Function& exponential = *expand("x exp", std::array{Expr::variable(Symbol("x"))})->function;
  static const Function& over = functions::operation(Instruction::divide);
  if (node.kind != ExprKind::apply) return {};
  if (node.function == &exponential) return node.arguments[0];
  return node.function == &over ? node.arguments[1] : Expr{};
}

}  // namespace

namespace {

// True if there is anything that centres() looks at.
bool may_peak(const Expr& formula) {
  return any_node(formula, [](const Node& node) { return squared(node) || peaked(node); });
}

// The roots of what is squared, and the stationary points of exponents and denominators, ascending.
std::vector<double> centres(const Expr& formula, const Symbol& variable, Interval range) {
  std::vector<double> found;
  const auto add_roots = [&](const Expr& base) {
    if (!depends_on(base, variable) || base->has_integral) return;
    const Roots roots = find_roots(base, variable, {}, range);
    constexpr std::size_t few = 8;
    if (roots.complete && roots.at.size() <= few) found.insert(found.end(), roots.at.begin(), roots.at.end());
  };
  fold<int>(formula, [&](const Node& node, std::span<const int>) {
    if (const Expr base = squared(node)) add_roots(base);
    if (const Expr inner = peaked(node); inner && !range.is_bounded() && depends_on(inner, variable))
      if (const auto slope = differentiate(inner, variable)) add_roots(*slope);
    return 0;
  });
  std::ranges::sort(found);
  const auto same = std::ranges::unique(found);
  found.erase(same.begin(), same.end());
  return found;
}

}  // namespace

std::vector<double> narrow_peaks(const Expr& formula, const Symbol& variable, Interval range) {
  std::vector<double> found;
  if (!may_peak(formula)) return found;
  const Tape tape(formula, std::array{variable});
  const auto f = [&](double x) { return std::fabs(tape(std::array{x})); };
  for (const double centre : centres(formula, variable, range)) {
    if (centre == range.lo || centre == range.hi) continue;
    const double scale =
        std::min({range.width() / 64, 64.0, 64 * (centre - range.lo), 64 * (range.hi - centre)});
    const double top = f(centre), below = f(centre - scale / 64), above = f(centre + scale / 64);
    const bool narrow = range.is_bounded() ? top > 1.1 * below && top > 1.1 * above
                                           : top > 4 * f(centre + 64) || top > 4 * f(centre - 64);
    if (narrow) found.push_back(centre);
  }
  return found;
}

bool is_entire(const Expr& formula, const Symbol& variable) {
  bool entire = true;
  for_each_critical(formula, variable, [&](const Node&, const Critical&, const Expr&) { entire = false; });
  return entire;
}

}  // namespace jitegral::analysis
