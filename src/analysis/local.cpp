#include "analysis/local.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "analysis/leading_term.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double eps = std::numeric_limits<double>::epsilon();

const Function& row(I instruction) { return functions::operation(instruction); }

class Follower : public LeadingTerms {
 public:
  Follower(const Symbol& variable, const Bindings& bindings, const Approach& approach, const Symbol& t)
      : LeadingTerms(approach, t), variable_(variable), bindings_(bindings) {}

  LeadingTerm run(const Expr& formula) {
    return fold<LeadingTerm>(formula, [this](const Node& node, std::span<const LeadingTerm> below) {
      LeadingTerm local = visit(node, below);
      note(local);
      return local;
    });
  }

  Behaviour seen;  // logarithms, powers

 private:
  void note(const LeadingTerm& local) {
    if (!local.is_known() || !local.rest) return;
    if (local.logs != 0) seen.logarithms = true;
    if (std::isfinite(local.order) && std::trunc(local.order) != local.order &&
        std::ranges::find(seen.powers, local.order) == seen.powers.end())
      seen.powers.push_back(local.order);
  }

  LeadingTerm visit(const Node& node, std::span<const LeadingTerm> a) {
    switch (node.kind) {
      case ExprKind::number:
        return constant(node.value);
      case ExprKind::variable:
        return variable(node);
      case ExprKind::apply:
        return apply(node, a);
      case ExprKind::integral:
        return unknown();
    }
    return unknown();
  }

  LeadingTerm variable(const Node& node) const {
    if (node.symbol == variable_) {
      const double side = approach_.side;
      if (approach_.infinite) return {.order = -1, .coefficient = side, .rest = number(side)};
      return {.limit = approach_.from, .order = 1, .coefficient = side, .rest = number(side)};
    }
    const double* value = bindings_.find(node.symbol);
    return value == nullptr ? unknown() : constant(*value);
  }

  LeadingTerm apply(const Node& node, std::span<const LeadingTerm> a) {
    const Function& f = *node.function;
    if (f.lowering == Lowering::instruction) return instruction(f, a);
    if (std::ranges::all_of(a, &LeadingTerm::is_constant)) return evaluated(f, a);
    if (&f == power_row()) return a[1].is_constant() ? power(a[0], a[1].limit) : variable_power(a[0], a[1]);
    if (&f == cube_root_row() && a[0].is_known() && sign(a[0]) != 0)
      return scaled(power(scaled(a[0], sign(a[0])), 1.0 / 3), sign(a[0]));
    if (f.arity == 2 && f.critical[0].set == Critical::Set::kink) return chosen(f, a);
    if (f.critical[0].set == Critical::Set::jumps && f.arity == 2) {  // mod
      const std::array turns{divide(a[0], a[1])};
      return subtract(a[0], multiply(a[1], stepped(row(I::floor), turns[0])));
    }
    return analytic(f, a);
  }

  static const Function* power_row() {
    static const Function* const found = functions::find("^");
    return found;
  }

  static const Function* cube_root_row() {
    static const Function* const found = expand("x cbrt", std::array{Expr::variable(Symbol("x"))})->function;
    return found;
  }

  LeadingTerm instruction(const Function& f, std::span<const LeadingTerm> a) {
    switch (f.instruction) {
      case I::add:
        return add(a[0], a[1]);
      case I::subtract:
        return subtract(a[0], a[1]);
      case I::multiply:
        return multiply(a[0], a[1]);
      case I::divide:
        return divide(a[0], a[1]);
      case I::negate:
        return scaled(a[0], -1);
      case I::square_root:
        return power(a[0], 0.5);
      case I::absolute:
        return sign(a[0]) == 0 ? (a[0].is_constant() ? a[0] : unknown()) : scaled(a[0], sign(a[0]));
      case I::floor:
      case I::ceiling:
      case I::truncate:
      case I::round:
        return stepped(f, a[0]);
      case I::select: {
        if (!a[0].is_known() || (!a[0].is_constant() && sign(a[0]) == 0)) return unknown();
        return a[0].limit != 0 || !a[0].is_constant() ? a[1] : a[2];
      }
      case I::logical_and:
      case I::logical_or:
      case I::logical_not:
        return logical(f, a);
      default:
        return compared(f, a);
    }
  }

  // An operation that only looks at signs, on numbers that have the right ones.
  static LeadingTerm evaluated(const Function& f, std::span<const LeadingTerm> a) {
    std::array<double, 3> values{};
    for (std::size_t i = 0; i < a.size(); ++i) values[i] = a[i].limit;
    return constant(f.scalar(values.data()));
  }

  LeadingTerm compared(const Function& f, std::span<const LeadingTerm> a) {
    const LeadingTerm gap = subtract(a[0], a[1]);
    const double s = sign(gap);
    if (s == 0 && !gap.is_constant()) return unknown();
    const std::array numbers{constant(s), constant(0)};
    return evaluated(f, numbers);
  }

  static LeadingTerm logical(const Function& f, std::span<const LeadingTerm> a) {
    std::array<LeadingTerm, 2> truths;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!a[i].is_constant() && sign(a[i]) == 0) return unknown();
      truths[i] = constant(a[i].is_constant() ? a[i].limit : 1);
    }
    return evaluated(f, std::span(truths).first(a.size()));
  }

  // min, max: the argument that it is close to the end. Other functions with such kinks are not followed.
  LeadingTerm chosen(const Function& f, std::span<const LeadingTerm> a) {
    const double s = sign(subtract(a[0], a[1]));
    if (s == 0) return subtract(a[0], a[1]).is_constant() ? a[0] : unknown();
    const std::array<double, 2> trial{s, 0};
    const double picked = f.scalar(trial.data());
    if (picked == s) return a[0];
    return picked == 0 ? a[1] : unknown();
  }

  // floor and its like: constant up to the next jump.
  static LeadingTerm stepped(const Function& f, const LeadingTerm& a) {
    if (!a.is_known() || a.is_infinite()) return unknown();
    if (a.is_constant()) return constant(f.scalar(&a.limit));
    const double at = f.scalar(&a.limit);
    const double s = sign(difference(a));
    if (s == 0) return unknown();
    const double beside = a.limit + s * 0x1p-20 * std::max(1.0, std::fabs(a.limit)) * 1e-3;
    const double there = f.scalar(&beside);
    return constant(std::fabs(there - at) <= 1 ? there : at);
  }

  // b^n = exp(n*log(b)).
  LeadingTerm variable_power(const LeadingTerm& a, const LeadingTerm& n) {
    if (a.is_constant() && a.limit > 0) {
      const std::array exponent{scaled(n, std::log(a.limit))};
      return analytic(*expand("x exp", std::array{t_})->function, exponent);
    }
    return unknown();
  }

  // A function that is analytic at the arguments' limits, or has a logarithm there; of one argument that
  // varies.
  LeadingTerm analytic(const Function& f, std::span<const LeadingTerm> a) {
    std::size_t at = 0;
    std::array<double, 3> values{};
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].kind == Behaviour::Kind::unknown) return unknown();
      values[i] = a[i].limit;
      if (!a[i].is_constant()) at = i;
      if (i != at && !a[i].is_constant()) return unknown();
    }
    for (std::size_t i = 0; i < a.size(); ++i)
      if (i != at && !a[i].is_constant()) return unknown();
    std::vector<Expr> arguments;
    for (const LeadingTerm& one : a) arguments.push_back(value(one));
    const Expr whole = Expr::apply(f, arguments);
    const LeadingTerm& x = a[at];
    if (x.kind == Behaviour::Kind::oscillates) return {.kind = x.kind, .rest = whole, .whole = whole};
    if (x.is_infinite()) return at_infinity(f, values, at, x, whole);
    if (!f.quotient.empty() && a.size() == 1)
      if (const auto poles = through_quotient(f, x)) return *poles;
    if (x.limit == 0 && is_logarithm(f)) return logarithm(f, x);
    return expanded(f, values, at, x, whole);
  }

  // A pole is a zero of the denominator: tan = sin/cos.
  std::optional<LeadingTerm> through_quotient(const Function& f, const LeadingTerm& x) {
    const Symbol argument("argument");
    const Expr whole = expand(f.quotient, std::array{Expr::variable(argument)});
    const std::array one{x};
    const LeadingTerm below = analytic(*whole->arguments[1]->function, one);
    if (!below.is_known() || below.limit != 0) return std::nullopt;
    return divide(analytic(*whole->arguments[0]->function, one), below);
  }

  static bool is_logarithm(const Function& f) {
    const double one = 1, zero = 0;
    return f.arity == 1 && f.scalar(&one) == 0 && f.scalar(&zero) == -infinity &&
           f.difference.starts_with("y x / log1p");
  }

  // log(d^a * rest) = a*log(d) + log(rest).
  LeadingTerm logarithm(const Function& f, const LeadingTerm& x) {
    if (x.at_least || sign(x) <= 0 || !std::isfinite(x.order) || x.order == 0) return unknown();
    const double e = 2.718281828459045;
    const double unit = f.scalar(&e);  // 1, 1/log(2), 1/log(10)
    Expr rest = product(number(x.order), log_of_distance());
    if (!x.rest.is_number(1)) rest = sum(rest, expand("x log", std::array{x.rest}));
    return scaled({.order = 0, .logs = 1, .coefficient = x.order, .rest = rest}, unit);
  }

  LeadingTerm at_infinity(const Function& f, std::array<double, 3> values, std::size_t at,
                          const LeadingTerm& x, const Expr& whole) {
    const double s = sign(x);
    if (s == 0) return unknown();
    if (s > 0 && is_logarithm(f)) return logarithm(f, x);
    const auto value_at = [&](double v) {
      values[at] = v;
      return f.scalar(values.data());
    };
    const double far = value_at(s * 1e4), farther = value_at(s * infinity);
    if (x.order == 0) return unknown();  // functions of logarithms
    if (std::fabs(value_at(s * 700)) < 1e-100 && farther == 0)
      return {.order = infinity, .coefficient = 1, .rest = whole};
    if (std::isinf(far) && std::isinf(farther))
      return {.order = -infinity, .coefficient = far > 0 ? 1.0 : -1.0, .rest = whole};
    if (std::isfinite(farther) && farther != 0) {
      // tanh, erf, atan: a limit; how fast it is reached does not matter to anybody.
      LeadingTerm out{.limit = farther, .at_least = true, .whole = whole};
      out.rest = sum(whole, number(-farther));
      return out;
    }
    if (f.enclosure != nullptr && f.arity == 1) {
      const Interval everything{1, infinity};
      const Interval all{s > 0 ? everything.lo : -infinity, s > 0 ? infinity : -everything.lo};
      if (f.enclosure(&all).is_bounded())
        return {.kind = Behaviour::Kind::oscillates, .rest = whole, .whole = whole};
    }
    return unknown();
  }

  LeadingTerm expanded(const Function& f, std::array<double, 3> values, std::size_t at, const LeadingTerm& x,
                       const Expr& whole) {
    double base = f.scalar(values.data());
    if (!std::isfinite(base)) return unknown();
    std::vector<Expr> arguments;
    for (std::size_t i = 0; i < f.arity; ++i) arguments.push_back(number(values[i]));
    double slope = slope_at(f, arguments, at, base);
    // f(limit) is zero as far as the rounding of the limit can tell.
    const double room = 8 * eps * std::fabs(values[at] * slope);
    if (base != 0 && std::fabs(base) <= room) {
      base = 0;
      cancels = true;
    }
    if (base == 0 && values[at] != 0) cancels = true;
    LeadingTerm out = difference(x);
    out.limit = base;
    const Expr step = product(power_of_distance(x.order), x.rest);
    Expr change;
    if (values[at] == 0 && base == 0) {
      change = whole;
    } else if (!f.difference.empty()) {
      change = expand(f.difference, std::array{number(values[at]), step});
    } else {
      change = sum(whole, number(-base));
      if (base == 0) cancels = true;
    }
    if (base != 0) out.whole = whole;
    if (std::isinf(x.order)) {
      out.rest = change;
      out.at_least = true;
      return out;
    }
    double factor = 1;
    if (std::isfinite(slope) && std::fabs(slope) > 1e-12 * (1 + std::fabs(base))) {
      out.coefficient *= slope;
    } else if (const double bend = bend_at(f, at, arguments);
               std::isfinite(bend) && std::fabs(bend) > 1e-6 && x.logs == 0) {
      factor = 2;
      out.coefficient = bend / 2 * x.coefficient * x.coefficient;
    } else {
      out.at_least = true;
      if (!std::isfinite(slope)) return unknown();
    }
    out.order = factor * x.order;
    out.logs = factor * x.logs;
    out.rest = per_power(change, out.order, out.coefficient, out.logs);
    return out;
  }

  static double slope_at(const Function& f, const std::vector<Expr>& arguments, std::size_t at, double base) {
    if (f.derivative[at].empty()) return std::numeric_limits<double>::quiet_NaN();
    return evaluate(expand(f.derivative[at], arguments, number(base)));
  }

  static double bend_at(const Function& f, std::size_t at, const std::vector<Expr>& arguments) {
    const Symbol x("x");
    std::vector<Expr> open = arguments;
    open[at] = Expr::variable(x);
    const auto first = differentiate(Expr::apply(f, open), x);
    const auto second = first ? differentiate(*first, x) : std::nullopt;
    if (!second) return std::numeric_limits<double>::quiet_NaN();
    Bindings bindings;
    bindings.bind(x, arguments[at]->value);
    return evaluate(*second, bindings);
  }

  const Symbol& variable_;
  const Bindings& bindings_;
};

}  // namespace

Behaviour behaviour(const Expr& formula, const Symbol& variable, const Bindings& bindings,
                    const Approach& approach, const Symbol& t) {
  Follower follower(variable, bindings, approach, t);
  const LeadingTerm local = follower.run(formula);
  Behaviour out = std::move(follower.seen);
  out.cancels = follower.cancels;
  out.kind = local.kind;
  out.limit = local.limit;
  out.order = local.order;
  out.logs = local.logs;
  out.coefficient = local.coefficient;
  out.at_least = local.at_least;
  out.rest = local.rest;
  if (local.whole && (local.limit != 0 || local.kind != Behaviour::Kind::known))
    out.rest = local.whole;
  else if (local.limit != 0 && local.rest)
    out.rest = sum(number(local.limit), product(follower.power_of_distance(local.order), local.rest));
  return out;
}

Expr distance(const Approach& approach, const Symbol& t) {
  return Follower(t, {}, approach, t).power_of_distance(1);
}

Expr mapped_integrand(const Behaviour& f, const Approach& approach, const Symbol& t) {
  const Follower follower(t, {}, approach, t);
  const bool whole = f.limit != 0 || f.kind != Behaviour::Kind::known || std::isinf(f.order);
  double exponent = (whole ? 0 : f.order) - (approach.infinite ? 2 : 0);
  const Expr rest = f.rest ? f.rest : number(f.limit);
  // dd = power * t^(power-1) dt, or exp(-t) dt: d^(1 - 1/power), d^1.
  if (approach.map == Approach::Map::exponential) exponent += 1;
  if (approach.map == Approach::Map::power) exponent += 1 - 1 / approach.power;
  Expr out = product(follower.power_of_distance(exponent), rest);
  if (approach.map == Approach::Map::power) out = product(number(approach.power), out);
  return simplify(out);
}

}  // namespace jitegral::analysis
