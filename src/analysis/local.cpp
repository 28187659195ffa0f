#include "analysis/local.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

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

// One node of the formula. `whole` is its value as a formula where limit + d^order*rest would be a detour.
struct Local {
  Behaviour::Kind kind = Behaviour::Kind::known;
  double limit = 0;
  double order = 0;
  double logs = 0;
  double coefficient = 0;
  bool at_least = false;
  Expr rest;  // null: constant
  Expr whole;

  [[nodiscard]] bool is_known() const { return kind == Behaviour::Kind::known; }
  [[nodiscard]] bool is_constant() const { return is_known() && !rest; }
  [[nodiscard]] bool is_infinite() const { return rest && (order < 0 || (order == 0 && logs > 0)); }
};

Expr number(double value) { return Expr::number(value); }
Expr sum(const Expr& a, const Expr& b) {
  if (a.is_number(0)) return b;
  return b.is_number(0) ? a : Expr::apply(row(I::add), {a, b});
}
Expr product(const Expr& a, const Expr& b) {
  if (a.is_number(1)) return b;
  if (a.is_number() && b.is_number()) return number(a->value * b->value);
  return b.is_number(1) ? a : Expr::apply(row(I::multiply), {a, b});
}
Expr quotient(const Expr& a, const Expr& b) {
  return b.is_number(1) ? a : Expr::apply(row(I::divide), {a, b});
}

class Follower {
 public:
  Follower(const Symbol& variable, const Bindings& bindings, const Approach& approach, const Symbol& t)
      : variable_(variable), bindings_(bindings), approach_(approach), t_(Expr::variable(t)) {}

  Local run(const Expr& formula) {
    return fold<Local>(formula, [this](const Node& node, std::span<const Local> below) {
      Local local = visit(node, below);
      note(local);
      return local;
    });
  }

  Behaviour seen;  // logarithms, powers, cancels

  // d^exponent in t.
  [[nodiscard]] Expr power_of_distance(double exponent) const {
    if (exponent == 0 || std::isinf(exponent)) return number(1);
    if (approach_.map == Approach::Map::exponential)
      return expand("x y * exp", std::array{number(-exponent), t_});
    const double n = exponent * approach_.power;
    if (n == 1) return t_;
    return simplify(
        expand("x y ^", std::array{t_, number(std::fabs(n - std::round(n)) < 1e-13 ? std::round(n) : n)}));
  }

 private:
  [[nodiscard]] Expr log_of_distance() const {
    if (approach_.map == Approach::Map::exponential) return expand("x negate", std::array{t_});
    return expand("x log y *", std::array{t_, number(approach_.power)});
  }

  void note(const Local& local) {
    if (!local.is_known() || !local.rest) return;
    if (local.logs != 0) seen.logarithms = true;
    if (std::isfinite(local.order) && std::trunc(local.order) != local.order &&
        std::ranges::find(seen.powers, local.order) == seen.powers.end())
      seen.powers.push_back(local.order);
  }

  static Local constant(double value) {
    if (std::isnan(value) || std::isinf(value)) return {.kind = Behaviour::Kind::unknown};
    return {.limit = value};
  }
  static Local unknown() { return {.kind = Behaviour::Kind::unknown}; }

  // The value as a formula of t.
  [[nodiscard]] Expr value(const Local& a) const {
    if (a.whole) return a.whole;
    if (!a.rest) return number(a.limit);
    const Expr difference = product(power_of_distance(a.order), a.rest);
    return a.limit == 0 ? difference : sum(number(a.limit), difference);
  }

  // a - limit as a quantity of its own.
  static Local difference(const Local& a) {
    Local d = a;
    d.limit = 0;
    d.whole = {};
    return d;
  }

  // a as a product: limit 0, order, rest.
  [[nodiscard]] Local leading(const Local& a) const {
    if (a.limit == 0) return a;
    return {.coefficient = a.limit, .rest = value(a)};
  }

  Local visit(const Node& node, std::span<const Local> a) {
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

  Local variable(const Node& node) const {
    if (node.symbol == variable_) {
      const double side = approach_.side;
      if (approach_.infinite) return {.order = -1, .coefficient = side, .rest = number(side)};
      return {.limit = approach_.from, .order = 1, .coefficient = side, .rest = number(side)};
    }
    const double* value = bindings_.find(node.symbol);
    return value == nullptr ? unknown() : constant(*value);
  }

  Local apply(const Node& node, std::span<const Local> a) {
    const Function& f = *node.function;
    if (f.lowering == Lowering::instruction) return instruction(f, a);
    if (std::ranges::all_of(a, &Local::is_constant)) return evaluated(f, a);
    if (&f == power_row()) return power(a[0], a[1]);
    if (&f == cube_root_row() && a[0].is_known() && sign(a[0]) != 0)
      return scaled(power(scaled(a[0], sign(a[0])), constant(1.0 / 3)), sign(a[0]));
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

  Local instruction(const Function& f, std::span<const Local> a) {
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
        return power(a[0], constant(0.5));
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

  // The sign of a close to the end; 0 if it is 0 or not known.
  static double sign(const Local& a) {
    if (!a.is_known()) return 0;
    if (a.limit != 0) return a.limit > 0 ? 1 : -1;
    if (!a.rest || a.at_least) return 0;
    const double log_sign = std::fmod(a.logs, 2) != 0 ? -1 : 1;  // log d < 0
    return a.coefficient * log_sign > 0 ? 1 : a.coefficient * log_sign < 0 ? -1 : 0;
  }

  // An operation that only looks at signs, on numbers that have the right ones.
  static Local evaluated(const Function& f, std::span<const Local> a) {
    std::array<double, 3> values{};
    for (std::size_t i = 0; i < a.size(); ++i) values[i] = a[i].limit;
    return constant(f.scalar(values.data()));
  }
  Local compared(const Function& f, std::span<const Local> a) {
    const Local gap = subtract(a[0], a[1]);
    const double s = sign(gap);
    if (s == 0 && !gap.is_constant()) return unknown();
    const std::array numbers{constant(s), constant(0)};
    return evaluated(f, numbers);
  }
  static Local logical(const Function& f, std::span<const Local> a) {
    std::array<Local, 2> truths;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!a[i].is_constant() && sign(a[i]) == 0) return unknown();
      truths[i] = constant(a[i].is_constant() ? a[i].limit : 1);
    }
    return evaluated(f, std::span(truths).first(a.size()));
  }
  // min, max: the argument that it is close to the end. Other functions with such kinks are not followed.
  Local chosen(const Function& f, std::span<const Local> a) {
    const double s = sign(subtract(a[0], a[1]));
    if (s == 0) return subtract(a[0], a[1]).is_constant() ? a[0] : unknown();
    const std::array<double, 2> trial{s, 0};
    const double picked = f.scalar(trial.data());
    if (picked == s) return a[0];
    return picked == 0 ? a[1] : unknown();
  }
  // floor and its like: constant up to the next jump.
  static Local stepped(const Function& f, const Local& a) {
    if (!a.is_known() || a.is_infinite()) return unknown();
    if (a.is_constant()) return constant(f.scalar(&a.limit));
    const double at = f.scalar(&a.limit);
    const double s = sign(difference(a));
    if (s == 0) return unknown();
    const double beside = a.limit + s * 0x1p-20 * std::max(1.0, std::fabs(a.limit)) * 1e-3;
    const double there = f.scalar(&beside);
    return constant(std::fabs(there - at) <= 1 ? there : at);
  }

  static Local scaled(Local a, double factor) {
    if (factor == 0) return constant(0);
    a.limit *= factor;
    a.coefficient *= factor;
    const auto times = [factor](const Expr& e) {
      if (!e) return e;
      return factor == -1 ? Expr::apply(row(I::negate), {e}) : product(number(factor), e);
    };
    a.rest = times(a.rest);
    a.whole = times(a.whole);
    return a;
  }

  Local subtract(const Local& a, const Local& b) { return add(a, scaled(b, -1)); }

  // Which of two differences is larger close to the end.
  static bool dominates(const Local& a, const Local& b) {
    return a.order < b.order || (a.order == b.order && a.logs > b.logs);
  }

  // Sum of two quantities of limit 0 (or infinite ones).
  Local add_differences(const Local& a, const Local& b) {
    if (!a.rest) return b;
    if (!b.rest) return a;
    const Local& main = dominates(b, a) ? b : a;
    const Local& minor = dominates(b, a) ? a : b;
    Local out{
        .order = main.order, .logs = main.logs, .coefficient = main.coefficient, .at_least = main.at_least};
    const double gap = minor.order - main.order;
    const Expr tail =
        gap > 0 && std::isfinite(gap) ? product(power_of_distance(gap), minor.rest) : minor.rest;
    if (std::isinf(main.order) && main.order == minor.order) {
      out.at_least = main.order > 0;
      if (main.order < 0) out.kind = Behaviour::Kind::unknown;
    }
    if (std::isinf(gap)) {
      // exp(-1/d) beside powers, or powers beside exp(1/d).
      const Expr small = main.order < 0 && std::isinf(main.order)
                             ? product(power_of_distance(minor.order), minor.rest)
                             : quotient(minor.rest, power_of_distance(main.order));
      out.rest = sum(main.rest, small);
      return out;
    }
    if (gap == 0 && main.logs == minor.logs && std::isfinite(main.order)) {
      out.coefficient = main.coefficient + minor.coefficient;
      if (std::fabs(out.coefficient) <=
          64 * eps * (std::fabs(main.coefficient) + std::fabs(minor.coefficient))) {
        out.at_least = true;
        seen.cancels = true;
      }
    }
    out.at_least = out.at_least || (gap == 0 && minor.at_least && main.logs == minor.logs);
    out.rest = sum(main.rest, tail);
    return out;
  }

  Local add(const Local& a, const Local& b) {
    using Kind = Behaviour::Kind;
    if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown();
    if (a.kind == Kind::oscillates || b.kind == Kind::oscillates) return add_waves(a, b);
    Local out = add_differences(difference(a), difference(b));
    out.limit = a.limit + b.limit;
    if (std::fabs(out.limit) <= 16 * eps * (std::fabs(a.limit) + std::fabs(b.limit)) && a.limit != 0) {
      out.limit = 0;
      if (!a.is_constant() || !b.is_constant()) seen.cancels = true;
    }
    if (out.limit != 0 && (a.whole || b.whole)) out.whole = sum(value(a), value(b));
    if (out.is_infinite()) {
      // limit + d^order*rest with the limit inside.
      if (out.limit != 0) out.rest = sum(out.rest, quotient(number(out.limit), power_of_distance(out.order)));
      out.limit = 0;
      out.whole = {};
    }
    return out;
  }

  Local add_waves(const Local& a, const Local& b) const {
    const Local& other = a.is_known() ? a : b;
    if (other.is_known() && other.is_infinite()) {
      const Local& wave = a.is_known() ? b : a;
      Local out = other;
      out.rest = sum(other.rest, quotient(value(wave), power_of_distance(other.order)));
      return out;
    }
    const Expr all = sum(value(a), value(b));
    return {.kind = Behaviour::Kind::oscillates, .rest = all, .whole = all};
  }

  // d^order * rest with its limit made explicit if it has one.
  Local settled(Local a) const {
    if (a.order != 0 || a.logs != 0 || a.limit != 0 || !a.rest) return a;
    if (a.at_least) {
      a.kind = Behaviour::Kind::unknown;
      return a;
    }
    Local out{.limit = a.coefficient, .at_least = true, .whole = a.rest};
    out.rest = sum(a.rest, number(-a.coefficient));
    return out;
  }

  Local wave_times(const Local& a, const Local& b) const {
    const Expr all = product(value(a), value(b));
    const Local& other = a.is_known() ? a : b;
    const Local known = other.is_known() ? leading(other) : Local{.coefficient = 1, .rest = number(1)};
    // A wave of the other's size.
    return {.kind = Behaviour::Kind::oscillates,
            .order = known.order,
            .logs = known.logs,
            .rest = all,
            .whole = all};
  }

  Local multiply(const Local& a, const Local& b) {
    using Kind = Behaviour::Kind;
    if (a.is_constant()) return scaled(b, a.limit);
    if (b.is_constant()) return scaled(a, b.limit);
    if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown();
    if (a.kind == Kind::oscillates || b.kind == Kind::oscillates) return wave_times(a, b);
    if (a.limit != 0 && b.limit != 0) {
      Local first = difference(a);
      first.coefficient *= b.limit;
      first.rest = product(first.rest, value(b));
      Local out = add_differences(first, scaled(difference(b), a.limit));
      out.limit = a.limit * b.limit;
      out.whole = product(value(a), value(b));
      return out;
    }
    const Local p = leading(a), q = leading(b);
    if (std::isinf(p.order) && std::isinf(q.order) && p.order != q.order) return unknown();
    const bool flat = std::isinf(p.order) || std::isinf(q.order);
    return settled({.order = p.order + q.order,
                    .logs = p.logs + q.logs,
                    .coefficient = p.coefficient * q.coefficient,
                    .at_least = p.at_least || q.at_least,
                    .rest = flat ? product(value(p), value(q)) : product(p.rest, q.rest)});
  }

  Local divide(const Local& a, const Local& b) {
    using Kind = Behaviour::Kind;
    if (b.is_constant()) return b.limit == 0 ? unknown() : divided(a, b.limit);
    if (a.kind == Kind::unknown || b.kind != Kind::known) return unknown();
    if (a.is_constant() && a.limit == 0) return a;
    if (b.limit != 0 && a.is_known() && !a.is_infinite()) {
      const double ratio = a.limit / b.limit;
      Local out = add_differences(difference(a), scaled(difference(b), -ratio));
      if (!out.rest) return constant(ratio);
      out.rest = quotient(out.rest, value(b));
      out.coefficient /= b.limit;
      out.limit = ratio;
      if (ratio != 0) out.whole = quotient(value(a), value(b));
      return out;
    }
    const Local q = leading(b);
    if (q.at_least) return unknown();
    const Local inverse{.order = -q.order,
                        .logs = -q.logs,
                        .coefficient = 1 / q.coefficient,
                        .rest = quotient(number(1), q.rest)};
    if (a.kind == Kind::oscillates) return wave_times(a, inverse);
    const Local p = leading(a);
    if (std::isinf(p.order) && std::isinf(q.order)) return unknown();
    const bool flat = std::isinf(p.order) || std::isinf(q.order);
    return settled({.order = p.order - q.order,
                    .logs = p.logs - q.logs,
                    .coefficient = p.coefficient / q.coefficient,
                    .at_least = p.at_least,
                    .rest = flat ? quotient(value(p), value(q)) : quotient(p.rest, q.rest)});
  }
  static Local divided(Local a, double by) {
    a.limit /= by;
    a.coefficient /= by;
    if (a.rest) a.rest = quotient(a.rest, number(by));
    if (a.whole) a.whole = quotient(a.whole, number(by));
    return a;
  }

  Local power(const Local& a, const Local& n) {
    if (!n.is_constant()) return variable_power(a, n);
    const double r = n.limit;
    if (r == 0) return constant(1);
    if (a.is_constant()) return constant(std::pow(a.limit, r));
    if (!a.is_known()) return r > 0 ? with_kind(a, raised(value(a), r)) : unknown();
    const bool whole = std::trunc(r) == r;
    if (whole && r >= 2 && r <= 4) {
      Local out = multiply(a, a);
      for (int i = 2; i < r; ++i) out = multiply(out, a);
      return out;
    }
    if (a.limit != 0) {
      if (a.limit < 0 && !whole) return unknown();
      Local out = difference(a);
      const double at = std::pow(a.limit, r);
      out.limit = at;
      out.coefficient = at * r * a.coefficient / a.limit;
      const Expr relative = quotient(product(power_of_distance(a.order), a.rest), number(a.limit));
      out.rest = per_power(product(number(at), expand("x log1p y * expm1", std::array{relative, number(r)})),
                           a.order, out.coefficient, a.logs);
      out.whole = raised(value(a), r);
      return out;
    }
    if (a.at_least && r < 0) return unknown();
    if (a.at_least && !whole) return unknown();
    if (a.coefficient < 0 && !whole && std::fmod(a.logs, 2) == 0) return unknown();
    const double c = std::pow(whole ? a.coefficient : std::fabs(a.coefficient), r);
    return settled({.order = a.order * r,
                    .logs = a.logs * r,
                    .coefficient = c,
                    .at_least = a.at_least,
                    .rest = raised(a.rest, r)});
  }
  static Expr raised(const Expr& x, double r) {
    if (r == 0.5) return expand("x sqrt", std::array{x});
    if (r == -0.5) return expand("1 x sqrt /", std::array{x});
    if (x.is_number()) return number(std::pow(x->value, r));
    return simplify(expand("x y ^", std::array{x, number(r)}));
  }
  static Local with_kind(const Local& a, const Expr& whole) {
    return {.kind = a.kind, .rest = whole, .whole = whole};
  }
  // b^n = exp(n*log(b)).
  Local variable_power(const Local& a, const Local& n) {
    if (a.is_constant() && a.limit > 0) {
      const std::array exponent{scaled(n, std::log(a.limit))};
      return analytic(*expand("x exp", std::array{t_})->function, exponent);
    }
    return unknown();
  }

  // A function that is analytic at the arguments' limits, or has a logarithm there; of one argument that
  // varies.
  Local analytic(const Function& f, std::span<const Local> a) {
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
    for (const Local& one : a) arguments.push_back(value(one));
    const Expr whole = Expr::apply(f, arguments);
    const Local& x = a[at];
    if (x.kind == Behaviour::Kind::oscillates) return {.kind = x.kind, .rest = whole, .whole = whole};
    if (x.is_infinite()) return at_infinity(f, values, at, x, whole);
    if (!f.quotient.empty() && a.size() == 1)
      if (const auto poles = through_quotient(f, x)) return *poles;
    if (x.limit == 0 && is_logarithm(f)) return logarithm(f, x);
    return expanded(f, values, at, x, whole);
  }

  // A pole is a zero of the denominator: tan = sin/cos.
  std::optional<Local> through_quotient(const Function& f, const Local& x) {
    const Symbol argument("argument");
    const Expr whole = expand(f.quotient, std::array{Expr::variable(argument)});
    const std::array one{x};
    const Local below = analytic(*whole->arguments[1]->function, one);
    if (!below.is_known() || below.limit != 0) return std::nullopt;
    return divide(analytic(*whole->arguments[0]->function, one), below);
  }

  static bool is_logarithm(const Function& f) {
    const double one = 1, zero = 0;
    return f.arity == 1 && f.scalar(&one) == 0 && f.scalar(&zero) == -infinity &&
           f.difference.starts_with("y x / log1p");
  }
  // log(d^a * rest) = a*log(d) + log(rest).
  Local logarithm(const Function& f, const Local& x) {
    if (x.at_least || sign(x) <= 0 || !std::isfinite(x.order) || x.order == 0) return unknown();
    const double e = 2.718281828459045;
    const double unit = f.scalar(&e);  // 1, 1/log(2), 1/log(10)
    Expr rest = product(number(x.order), log_of_distance());
    if (!x.rest.is_number(1)) rest = sum(rest, expand("x log", std::array{x.rest}));
    return scaled({.order = 0, .logs = 1, .coefficient = x.order, .rest = rest}, unit);
  }

  Local at_infinity(const Function& f, std::array<double, 3> values, std::size_t at, const Local& x,
                    const Expr& whole) {
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
      Local out{.limit = farther, .at_least = true, .whole = whole};
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

  Local expanded(const Function& f, std::array<double, 3> values, std::size_t at, const Local& x,
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
      seen.cancels = true;
    }
    if (base == 0 && values[at] != 0) seen.cancels = true;
    Local out = difference(x);
    out.limit = base;
    const Expr step = product(power_of_distance(x.order), x.rest);
    Expr change;
    if (values[at] == 0 && base == 0) {
      change = whole;
    } else if (!f.difference.empty()) {
      change = expand(f.difference, std::array{number(values[at]), step});
    } else {
      change = sum(whole, number(-base));
      if (base == 0) seen.cancels = true;
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

  // change / d^order, where d^order may underflow in t: then its limit.
  [[nodiscard]] Expr per_power(const Expr& change, double order, double limit, double logs) const {
    const Expr below = power_of_distance(order);
    if (below.is_number(1)) return change;
    Expr ratio = quotient(change, below);
    if (approach_.map == Approach::Map::identity || logs != 0 || !std::isfinite(limit)) return ratio;
    return expand("x 1e-290 < y z if", std::array{below, number(limit), ratio});
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
  const Approach& approach_;
  Expr t_;
};

}  // namespace

Behaviour behaviour(const Expr& formula, const Symbol& variable, const Bindings& bindings,
                    const Approach& approach, const Symbol& t) {
  Follower follower(variable, bindings, approach, t);
  const Local local = follower.run(formula);
  Behaviour out = std::move(follower.seen);
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
