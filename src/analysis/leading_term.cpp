#include "analysis/leading_term.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "expr/expansion.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
constexpr double eps = std::numeric_limits<double>::epsilon();

const Function& row(I instruction) { return functions::operation(instruction); }

}  // namespace

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

Expr LeadingTerms::power_of_distance(double exponent) const {
  if (exponent == 0 || std::isinf(exponent)) return number(1);
  if (approach_.map == Approach::Map::exponential)
    return expand("x y * exp", std::array{number(-exponent), t_});
  const double n = exponent * approach_.power;
  if (n == 1) return t_;
  return simplify(
      expand("x y ^", std::array{t_, number(std::fabs(n - std::round(n)) < 1e-13 ? std::round(n) : n)}));
}

Expr LeadingTerms::log_of_distance() const {
  if (approach_.map == Approach::Map::exponential) return expand("x negate", std::array{t_});
  return expand("x log y *", std::array{t_, number(approach_.power)});
}

LeadingTerm LeadingTerms::constant(double value) {
  if (std::isnan(value) || std::isinf(value)) return {.kind = Behaviour::Kind::unknown};
  return {.limit = value};
}

LeadingTerm LeadingTerms::unknown() { return {.kind = Behaviour::Kind::unknown}; }

Expr LeadingTerms::value(const LeadingTerm& a) const {
  if (a.whole) return a.whole;
  if (!a.rest) return number(a.limit);
  const Expr difference = product(power_of_distance(a.order), a.rest);
  return a.limit == 0 ? difference : sum(number(a.limit), difference);
}

LeadingTerm LeadingTerms::difference(const LeadingTerm& a) {
  LeadingTerm d = a;
  d.limit = 0;
  d.whole = {};
  return d;
}

LeadingTerm LeadingTerms::leading(const LeadingTerm& a) const {
  if (a.limit == 0) return a;
  return {.coefficient = a.limit, .rest = value(a)};
}

double LeadingTerms::sign(const LeadingTerm& a) {
  if (!a.is_known()) return 0;
  if (a.limit != 0) return a.limit > 0 ? 1 : -1;
  if (!a.rest || a.at_least) return 0;
  const double log_sign = std::fmod(a.logs, 2) != 0 ? -1 : 1;  // log d < 0
  return a.coefficient * log_sign > 0 ? 1 : a.coefficient * log_sign < 0 ? -1 : 0;
}

LeadingTerm LeadingTerms::scaled(LeadingTerm a, double factor) {
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

LeadingTerm LeadingTerms::subtract(const LeadingTerm& a, const LeadingTerm& b) {
  return add(a, scaled(b, -1));
}

bool LeadingTerms::dominates(const LeadingTerm& a, const LeadingTerm& b) {
  return a.order < b.order || (a.order == b.order && a.logs > b.logs);
}

LeadingTerm LeadingTerms::add_differences(const LeadingTerm& a, const LeadingTerm& b) {
  if (!a.rest) return b;
  if (!b.rest) return a;
  const LeadingTerm& main = dominates(b, a) ? b : a;
  const LeadingTerm& minor = dominates(b, a) ? a : b;
  LeadingTerm out{
      .order = main.order, .logs = main.logs, .coefficient = main.coefficient, .at_least = main.at_least};
  const double gap = minor.order - main.order;
  const Expr tail = gap > 0 && std::isfinite(gap) ? product(power_of_distance(gap), minor.rest) : minor.rest;
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
      cancels = true;
    }
  }
  out.at_least = out.at_least || (gap == 0 && minor.at_least && main.logs == minor.logs);
  out.rest = sum(main.rest, tail);
  return out;
}

LeadingTerm LeadingTerms::add(const LeadingTerm& a, const LeadingTerm& b) {
  using Kind = Behaviour::Kind;
  if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown();
  if (a.kind == Kind::oscillates || b.kind == Kind::oscillates) return add_waves(a, b);
  LeadingTerm out = add_differences(difference(a), difference(b));
  out.limit = a.limit + b.limit;
  if (std::fabs(out.limit) <= 16 * eps * (std::fabs(a.limit) + std::fabs(b.limit)) && a.limit != 0) {
    out.limit = 0;
    if (!a.is_constant() || !b.is_constant()) cancels = true;
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

LeadingTerm LeadingTerms::add_waves(const LeadingTerm& a, const LeadingTerm& b) const {
  const LeadingTerm& other = a.is_known() ? a : b;
  if (other.is_known() && other.is_infinite()) {
    const LeadingTerm& wave = a.is_known() ? b : a;
    LeadingTerm out = other;
    out.rest = sum(other.rest, quotient(value(wave), power_of_distance(other.order)));
    return out;
  }
  const Expr all = sum(value(a), value(b));
  return {.kind = Behaviour::Kind::oscillates, .rest = all, .whole = all};
}

LeadingTerm LeadingTerms::settled(LeadingTerm a) const {
  if (a.order != 0 || a.logs != 0 || a.limit != 0 || !a.rest) return a;
  if (a.at_least) {
    a.kind = Behaviour::Kind::unknown;
    return a;
  }
  LeadingTerm out{.limit = a.coefficient, .at_least = true, .whole = a.rest};
  out.rest = sum(a.rest, number(-a.coefficient));
  return out;
}

LeadingTerm LeadingTerms::wave_times(const LeadingTerm& a, const LeadingTerm& b) const {
  const Expr all = product(value(a), value(b));
  const LeadingTerm& other = a.is_known() ? a : b;
  const LeadingTerm known =
      other.is_known() ? leading(other) : LeadingTerm{.coefficient = 1, .rest = number(1)};
  // A wave of the other's size.
  return {.kind = Behaviour::Kind::oscillates,
          .order = known.order,
          .logs = known.logs,
          .rest = all,
          .whole = all};
}

LeadingTerm LeadingTerms::multiply(const LeadingTerm& a, const LeadingTerm& b) {
  using Kind = Behaviour::Kind;
  if (a.is_constant()) return scaled(b, a.limit);
  if (b.is_constant()) return scaled(a, b.limit);
  if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown();
  if (a.kind == Kind::oscillates || b.kind == Kind::oscillates) return wave_times(a, b);
  if (a.limit != 0 && b.limit != 0) {
    LeadingTerm first = difference(a);
    first.coefficient *= b.limit;
    first.rest = product(first.rest, value(b));
    LeadingTerm out = add_differences(first, scaled(difference(b), a.limit));
    out.limit = a.limit * b.limit;
    out.whole = product(value(a), value(b));
    return out;
  }
  const LeadingTerm p = leading(a), q = leading(b);
  if (std::isinf(p.order) && std::isinf(q.order) && p.order != q.order) return unknown();
  const bool flat = std::isinf(p.order) || std::isinf(q.order);
  return settled({.order = p.order + q.order,
                  .logs = p.logs + q.logs,
                  .coefficient = p.coefficient * q.coefficient,
                  .at_least = p.at_least || q.at_least,
                  .rest = flat ? product(value(p), value(q)) : product(p.rest, q.rest)});
}

LeadingTerm LeadingTerms::divide(const LeadingTerm& a, const LeadingTerm& b) {
  using Kind = Behaviour::Kind;
  if (b.is_constant()) return b.limit == 0 ? unknown() : divided(a, b.limit);
  if (a.kind == Kind::unknown || b.kind != Kind::known) return unknown();
  if (a.is_constant() && a.limit == 0) return a;
  if (b.limit != 0 && a.is_known() && !a.is_infinite()) {
    const double ratio = a.limit / b.limit;
    LeadingTerm out = add_differences(difference(a), scaled(difference(b), -ratio));
    if (!out.rest) return constant(ratio);
    out.rest = quotient(out.rest, value(b));
    out.coefficient /= b.limit;
    out.limit = ratio;
    if (ratio != 0) out.whole = quotient(value(a), value(b));
    return out;
  }
  const LeadingTerm q = leading(b);
  if (q.at_least) return unknown();
  const LeadingTerm inverse{.order = -q.order,
                            .logs = -q.logs,
                            .coefficient = 1 / q.coefficient,
                            .rest = quotient(number(1), q.rest)};
  if (a.kind == Kind::oscillates) return wave_times(a, inverse);
  const LeadingTerm p = leading(a);
  if (std::isinf(p.order) && std::isinf(q.order)) return unknown();
  const bool flat = std::isinf(p.order) || std::isinf(q.order);
  return settled({.order = p.order - q.order,
                  .logs = p.logs - q.logs,
                  .coefficient = p.coefficient / q.coefficient,
                  .at_least = p.at_least,
                  .rest = flat ? quotient(value(p), value(q)) : quotient(p.rest, q.rest)});
}

LeadingTerm LeadingTerms::divided(LeadingTerm a, double by) {
  a.limit /= by;
  a.coefficient /= by;
  if (a.rest) a.rest = quotient(a.rest, number(by));
  if (a.whole) a.whole = quotient(a.whole, number(by));
  return a;
}

LeadingTerm LeadingTerms::power(const LeadingTerm& a, double r) {
  if (r == 0) return constant(1);
  if (a.is_constant()) return constant(std::pow(a.limit, r));
  if (!a.is_known()) return r > 0 ? with_kind(a, raised(value(a), r)) : unknown();
  const bool whole = std::trunc(r) == r;
  if (whole && r >= 2 && r <= 4) {
    LeadingTerm out = multiply(a, a);
    for (int i = 2; i < r; ++i) out = multiply(out, a);
    return out;
  }
  if (a.limit != 0) {
    if (a.limit < 0 && !whole) return unknown();
    LeadingTerm out = difference(a);
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

Expr LeadingTerms::raised(const Expr& x, double r) {
  if (r == 0.5) return expand("x sqrt", std::array{x});
  if (r == -0.5) return expand("1 x sqrt /", std::array{x});
  if (x.is_number()) return number(std::pow(x->value, r));
  return simplify(expand("x y ^", std::array{x, number(r)}));
}

LeadingTerm LeadingTerms::with_kind(const LeadingTerm& a, const Expr& whole) {
  return {.kind = a.kind, .rest = whole, .whole = whole};
}

Expr LeadingTerms::per_power(const Expr& change, double order, double limit, double logs) const {
  const Expr below = power_of_distance(order);
  if (below.is_number(1)) return change;
  Expr ratio = quotient(change, below);
  if (approach_.map == Approach::Map::identity || logs != 0 || !std::isfinite(limit)) return ratio;
  return expand("x 1e-290 < y z if", std::array{below, number(limit), ratio});
}

}  // namespace jitegral::analysis
