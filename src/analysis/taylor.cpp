#include "analysis/taylor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <unordered_map>

#include "analysis/roots.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/transform.h"

namespace jitegral::analysis {

namespace {

using I = Instruction;
constexpr double infinity = std::numeric_limits<double>::infinity();
// Derivatives of derivatives may go on for ever (Bessel functions of higher and higher index).
constexpr std::size_t most_steps = 120;

Interval times(int factor, const Interval& x) { return Interval::point(factor) * x; }

}  // namespace

// Flattens a formula, and the derivatives of its functions until no new ones come up.
class TaylorBound::Maker {
 public:
  Maker(TaylorBound& made, const Symbol& variable) : made_(made), variable_(variable) {}

  bool run(const Expr& formula) {
    made_.result_ = flatten(formula);
    for (std::size_t next = 0; next < functions_.size() && known_; ++next) {
      const auto [step, derivative] = functions_[next];
      const std::uint32_t place = flatten(derivative);
      made_.steps_[step].b = place;
    }
    for (std::size_t next = 0; next < guards_.size() && known_; ++next)
      made_.guards_.push_back({flatten(guards_[next].first), guards_[next].second});
    return known_;
  }

 private:
  std::uint32_t flatten(const Expr& formula) {
    return fold<std::uint32_t>(formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
      const Expr here = Expr::of(node);
      if (const auto found = places_.find(here); found != places_.end()) return found->second;
      const auto place = static_cast<std::uint32_t>(made_.steps_.size());
      places_.emplace(here, place);
      made_.steps_.push_back({});
      if (made_.steps_.size() > most_steps) known_ = false;
      if (known_) made_.steps_[place] = step(node, arguments, place);
      return place;
    });
  }

  Step step(const Node& node, std::span<const std::uint32_t> arguments, std::uint32_t place) {
    if (node.kind == ExprKind::number) return {.constant = Interval::point(node.value)};
    if (node.kind == ExprKind::variable && node.symbol == variable_) return {.kind = Kind::variable};
    if (node.kind != ExprKind::apply) return unknown();
    const Function& f = *node.function;
    Step out{.kind = Kind::function, .enclose = f.enclosure, .arity = f.arity};
    std::ranges::copy(arguments, out.arguments);
    out.a = arguments[0];
    if (f.arity == 2) out.b = arguments[1];
    if (f.lowering == Lowering::instruction && operation(f, out)) return out;
    static const Function& power = *functions::find("^");
    if (&f == &power && node.arguments[1].is_number()) {
      out.kind = Kind::power;
      return out;
    }
    return function(node, out, place);
  }

  static bool operation(const Function& f, Step& out) {
    switch (f.instruction) {
      case I::add:
        out.kind = Kind::add;
        return true;
      case I::subtract:
        out.kind = Kind::subtract;
        return true;
      case I::multiply:
        out.kind = Kind::multiply;
        return true;
      case I::divide:
        out.kind = Kind::divide;
        return true;
      case I::negate:
        out.kind = Kind::negate;
        return true;
      default:
        return false;
    }
  }

  // Of one argument that varies, or constant between jumps.
  Step function(const Node& node, Step out, std::uint32_t place) {
    std::size_t varying = 0, at = 0;
    bool flat = true;
    const Function& f = *node.function;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      if (!depends_on(node.arguments[i], variable_)) continue;
      flat = flat && f.derivative[i] == "0";
      ++varying, at = i;
    }
    if (node.host != nullptr || f.enclosure == nullptr) return unknown();
    if (varying == 0) return constant(out);
    for (const Critical& critical : f.critical)
      if (!critical.where.empty())
        guards_.emplace_back(simplify(expand(critical.where, node.arguments)), is_whole(critical.set));
    if (f.instruction == I::select || flat) {
      out.kind = flat ? Kind::step : Kind::select;
      return out;
    }
    if (varying != 1 || f.derivative[at].empty()) return unknown();
    out.a = out.arguments[at];
    functions_.emplace_back(place, simplify(expand(f.derivative[at], node.arguments, Expr::of(node))));
    return out;
  }

  static bool is_whole(Critical::Set set) {
    return set == Critical::Set::jumps || set == Critical::Set::poles;
  }

  static Step constant(Step out) {
    out.kind = Kind::constant;
    return out;
  }
  Step unknown() {
    known_ = false;
    return {};
  }

  TaylorBound& made_;
  const Symbol& variable_;
  bool known_ = true;
  std::unordered_map<Expr, std::uint32_t> places_;
  std::vector<std::pair<std::size_t, Expr>> functions_;  // and their derivatives
  std::vector<std::pair<Expr, bool>> guards_;
};

TaylorBound::TaylorBound(const Expr& formula, const Symbol& variable) {
  known_ = Maker(*this, variable).run(simplify(formula));
  if (known_) values_.resize(steps_.size() * (order + 1));
}

double TaylorBound::operator()(const Interval& range) const {
  if (!known_) return infinity;
  for (int k = 0; k <= order; ++k) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Interval found = coefficient(steps_[i], i, k, range);
      // An empty set means that the function is not defined somewhere in the range.
      if (found.is_empty() || !found.is_bounded()) return infinity;
      values_[i * (order + 1) + static_cast<std::size_t>(k)] = found;
    }
    if (k == 0 && !is_analytic()) return infinity;
  }
  return at(result_, order).largest();
}

bool TaylorBound::is_analytic() const {
  return std::ranges::all_of(guards_, [this](const Guard& guard) {
    const Interval values = at(guard.step, 0);
    return guard.whole ? std::ceil(values.lo) > values.hi : !values.contains(0);
  });
}

// The k-th coefficient, where those before are known, and those of the arguments up to k.
Interval TaylorBound::coefficient(const Step& step, std::size_t self, int k, const Interval& range) const {
  const Interval zero{0, 0};
  const auto convolution = [&](std::size_t a, std::size_t b, int first) {
    Interval sum = zero;
    for (int j = first; j <= k; ++j)
      if (at(a, j) != zero && at(b, k - j) != zero) sum = sum + at(a, j) * at(b, k - j);
    return sum;
  };
  switch (step.kind) {
    case Kind::constant:
      if (step.enclose == nullptr || k > 0) return k == 0 ? step.constant : zero;
      break;
    case Kind::variable:
      return k == 0 ? range : k == 1 ? Interval{1, 1} : zero;
    case Kind::add:
      return at(step.a, k) + at(step.b, k);
    case Kind::subtract:
      return at(step.a, k) - at(step.b, k);
    case Kind::negate:
      return -at(step.a, k);
    case Kind::multiply:
      return step.a == step.b && k == 0 ? square(at(step.a, 0)) : convolution(step.a, step.b, 0);
    case Kind::divide:
      if (at(step.b, 0).contains(0)) return Interval::entire();
      return (at(step.a, k) - convolution(step.b, self, 1)) / at(step.b, 0);
    case Kind::power: {
      if (k == 0) break;
      if (at(step.a, 0).contains(0)) return Interval::entire();
      const double r = steps_[step.b].constant.lo;  // rounding of j*(r+1) - k: far below what bounds are for
      Interval sum = zero;
      for (int j = 1; j <= k; ++j)
        sum = sum + Interval::point(j * (r + 1) - k) * (at(step.a, j) * at(self, k - j));
      return sum / times(k, at(step.a, 0));
    }
    case Kind::select:
      if (at(step.a, 0) == zero) return at(step.arguments[2], k);
      return at(step.a, 0).contains(0) ? Interval::entire() : at(step.arguments[1], k);
    case Kind::step:
      if (k > 0) return zero;
      break;
    case Kind::function: {
      if (k == 0) break;
      // k*y[k] is the sum of j*a[j] * g[k-j].
      Interval sum = zero;
      for (int j = 1; j <= k; ++j)
        if (at(step.a, j) != zero) sum = sum + times(j, at(step.a, j)) * at(step.b, k - j);
      return sum / Interval::point(k);
    }
  }
  Interval arguments[3];
  for (std::size_t i = 0; i < step.arity; ++i) arguments[i] = at(step.arguments[i], 0);
  return step.enclose(arguments);
}

double TaylorBound::error(double a, double b) const {
  const double h = b - a;
  // A kink at an end is where it is up to rounding only.
  const double inside = 16 * std::numeric_limits<double>::epsilon() * std::max(std::fabs(a), std::fabs(b));
  if (!(h > 4 * inside)) return infinity;
  return 2 * h * (*this)({a + inside, b - inside}) * std::pow(h / 2, order);
}

// The k-th harmonic, the mean of f(x) * exp(i*k*w*x), is by `order` integrations by parts no more than the
// mean of |f''''…| / (k*w)^order, and the rule is wrong by length times the harmonics n, -n, 2*n, -2*n, …
double TaylorBound::harmonics(double a, double b) const {
  constexpr int parts = 16;
  constexpr double multiples = 1.00001;  // the sum of 1/k^order, and rounding
  const double length = b - a, margin = length / 64, from = a - margin, to = b + margin;
  if (!(from < a && b < to)) return infinity;
  double integral = 0;  // of |f''''…| / order!, over a little more than the period: its ends are inside
  for (int i = 0; i < parts && integral < infinity; ++i) {
    const double lower = std::lerp(from, to, static_cast<double>(i) / parts);
    const double upper = std::lerp(from, to, static_cast<double>(i + 1) / parts);
    integral += (*this)({lower, upper}) * (upper - lower);
  }
  double power = 1;  // order! / w^order
  for (int k = 1; k <= order; ++k) power *= k * length / (2 * std::numbers::pi);
  return 2 * multiples * integral * power;
}

}  // namespace jitegral::analysis
