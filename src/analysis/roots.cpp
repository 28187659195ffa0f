#include "analysis/roots.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "analysis/enclosure.h"
#include "expr/fold.h"
#include "expr/tape.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

bool is(const Expr& expr, I instruction) {
  return expr->kind == ExprKind::apply && expr->function == &functions::operation(instruction);
}

const Function& power_row() {
  static const Function& row = *functions::find("^");
  return row;
}

// The factors whose roots are those of a formula: products, powers, magnitudes and roots are taken apart.
std::vector<Expr> factors(const Expr& formula) {
  std::vector<Expr> open{formula}, found;
  while (!open.empty()) {
    const Expr expr = open.back();
    open.pop_back();
    const auto push = [&](std::size_t i) { open.push_back(expr->arguments[i]); };
    const bool power =
        expr->kind == ExprKind::apply && expr->function == &power_row() && expr->arguments[1].is_number();
    if (is(expr, I::multiply)) {
      push(0);
      push(1);
    } else if (is(expr, I::divide) || is(expr, I::negate) || is(expr, I::absolute) ||
               is(expr, I::square_root) || power) {
      push(0);
    } else if (std::ranges::find(found, expr) == found.end()) {
      found.push_back(expr);
    }
  }
  return found;
}

// Where an unbounded or very long range is best divided.
double division(const Interval& range) {
  if (range.is_bounded() && range.width() < 4 * (1 + range.smallest()))
    return std::midpoint(range.lo, range.hi);
  if (range.contains(0) && range.lo < 0 && range.hi > 0) return 0;
  const double sign = range.lo >= 0 ? 1 : -1;
  const double near = range.smallest(), far = range.largest();
  if (std::isinf(far)) return sign * std::max(1.0, 16 * near);
  return near == 0 ? sign * far / 16 : sign * std::sqrt(near) * std::sqrt(far);
}

bool is_tiny(const Interval& range) {
  constexpr double few = 8 * std::numeric_limits<double>::epsilon();
  return range.is_bounded() && (range.width() <= few * range.largest() || range.width() < 1e-300);
}

// A function of one variable with everything that is needed to find its roots.
class Function1 {
 public:
  Function1(const Expr& formula, const Symbol& variable, const Bindings& bindings)
      : enclosure_(formula, variable, bindings) {
    for (const Symbol& symbol : free_symbols(formula)) {
      symbols_.push_back(symbol);
      const double* value = bindings.find(symbol);
      values_.push_back(value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN());
      if (symbol == variable) place_ = symbols_.size() - 1;
    }
    tape_ = Tape(formula, symbols_);
    const auto derivative = differentiate(formula, variable);
    if (!derivative) return;
    derivative_.emplace(*derivative, variable, bindings);
    if (derivative->is_number()) slope_ = (*derivative)->value;
  }

  double operator()(double x) const {
    values_[place_] = x;
    return tape_(values_);
  }
  Interval enclose(const Interval& range) const {
    Interval out = enclosure_(range);
    if (!derivative_ || !range.is_bounded() || out.is_empty()) return out;
    // The mean value form, tighter on short ranges.
    const double middle = std::midpoint(range.lo, range.hi);
    const Interval form =
        enclosure_(Interval::point(middle)) + (*derivative_)(range) * (range - Interval::point(middle));
    return form.is_empty() ? out : intersection(out, form);
  }
  // The root where the formula is a*x + b and shows it: two steps of Newton's method.
  std::optional<double> linear_root() const {
    if (slope_ == 0 || !std::isfinite(slope_)) return std::nullopt;
    const double first = -(*this)(0) / slope_;
    const double second = first - (*this)(first) / slope_;
    return std::isfinite(second) ? std::optional(second) : std::nullopt;
  }
  bool is_monotone(const Interval& range) const {
    if (!derivative_) return false;
    const Interval slope = (*derivative_)(range);
    return !slope.is_empty() && (slope.lo > 0 || slope.hi < 0);
  }

 private:
  Enclosure enclosure_;
  std::optional<Enclosure> derivative_;
  double slope_ = 0;
  std::vector<Symbol> symbols_;
  mutable std::vector<double> values_;
  std::size_t place_ = 0;
  Tape tape_;
};

// The root of f - target in [lo, hi], where f is monotone and has different signs at the ends: bisection with
// the steps of Ridders (IEEE Trans. Circuits Syst. 26, 1979).
double monotone_root(const Function1& f, double target, Interval range) {
  double lo = range.lo, hi = range.hi;
  double at_lo = f(lo) - target, at_hi = f(hi) - target;
  if (at_lo == 0) return lo;
  if (at_hi == 0) return hi;
  for (int i = 0; i < 200 && !is_tiny({lo, hi}); ++i) {
    const double middle = std::midpoint(lo, hi);
    const double at_middle = f(middle) - target;
    if (at_middle == 0) return middle;
    const double under = at_middle * at_middle - at_lo * at_hi;
    double x = middle + (middle - lo) * std::copysign(1.0, at_lo - at_hi) * at_middle / std::sqrt(under);
    if (!(x > lo && x < hi)) x = middle;
    const double at_x = f(x) - target;
    if (at_x == 0) return x;
    // The shortest of the three ranges in which the sign changes.
    const double inner = std::min(x, middle), outer = std::max(x, middle);
    const double at_inner = x < middle ? at_x : at_middle, at_outer = x < middle ? at_middle : at_x;
    if ((at_inner < 0) != (at_lo < 0)) {
      hi = inner, at_hi = at_inner;
    } else if ((at_outer < 0) != (at_inner < 0)) {
      lo = inner, at_lo = at_inner, hi = outer, at_hi = at_outer;
    } else {
      lo = outer, at_lo = at_outer;
    }
  }
  return std::fabs(at_lo) < std::fabs(at_hi) ? lo : hi;
}

constexpr std::size_t most_ranges = 4000;

// All whole (or zero) values of f, by halving.
class Search {
 public:
  Search(const Function1& f, bool whole, std::size_t limit) : f_(f), whole_(whole), limit_(limit) {}

  Roots run(Interval range) {
    std::vector<Interval> open{range};
    std::size_t looked_at = 0;
    while (!open.empty()) {
      const Interval part = open.back();
      open.pop_back();
      if (++looked_at > most_ranges + 2 * found_.at.size() || found_.at.size() > limit_) {
        found_.complete = false;
        break;
      }
      if (done_with(part)) continue;
      const double middle = division(part);
      open.push_back({middle, part.hi});
      open.push_back({part.lo, middle});
    }
    std::ranges::sort(found_.at);
    const auto same = std::ranges::unique(found_.at, [](double a, double b) { return is_tiny({a, b}); });
    found_.at.erase(same.begin(), same.end());
    return found_;
  }

 private:
  bool done_with(const Interval& part) {
    const Interval values = f_.enclose(part);
    if (values.is_empty() || !could_hold(values)) return true;
    if (is_tiny(part)) {
      add_tiny(part);
      return true;
    }
    if (!part.is_bounded() || !f_.is_monotone(part)) return false;
    return add_monotone(part);
  }

  bool could_hold(const Interval& values) const {
    return whole_ ? std::floor(values.hi) >= values.lo : values.contains(0);
  }

  // Neighbours of a multiple root are tiny and undecided, too: they are one place. Many of them are a range.
  void add_tiny(const Interval& part) {
    found_.at.push_back(std::midpoint(part.lo, part.hi));
    constexpr std::size_t many = 64;
    if (++tiny_ > many) found_.complete = false;
  }

  bool add_monotone(const Interval& part) {
    const double first = f_(part.lo), last = f_(part.hi);
    if (!std::isfinite(first) || !std::isfinite(last)) return false;
    const auto [least, most] = std::minmax(first, last);
    if (!whole_) {
      if (least <= 0 && most >= 0) found_.at.push_back(monotone_root(f_, 0, part));
      return true;
    }
    if (most - least > static_cast<double>(limit_)) return false;
    const double first_whole = std::ceil(least);
    const auto count = static_cast<std::size_t>(std::floor(most) - first_whole + 1);
    for (std::size_t i = 0; i < count; ++i)
      found_.at.push_back(monotone_root(f_, first_whole + static_cast<double>(i), part));
    return true;
  }

  const Function1& f_;
  bool whole_;
  std::size_t limit_;
  Roots found_;
  std::size_t tiny_ = 0;
};

void join(Roots& all, const Roots& more) {
  all.at.insert(all.at.end(), more.at.begin(), more.at.end());
  all.complete = all.complete && more.complete;
}

}  // namespace

bool depends_on(const Expr& formula, const Symbol& variable) {
  return any_node(
      formula, [&](const Node& node) { return node.kind == ExprKind::variable && node.symbol == variable; });
}

Roots find_roots(const Expr& formula, const Symbol& variable, const Bindings& bindings, Interval range) {
  constexpr std::size_t most_roots = 2000;
  Roots all;
  for (const Expr& factor : factors(formula)) {
    if (!depends_on(factor, variable)) continue;
    if (factor->kind == ExprKind::variable) {
      if (range.contains(0)) all.at.push_back(0);
      continue;
    }
    if (factor->has_integral) {
      all.complete = false;
      continue;
    }
    const Function1 f(factor, variable, bindings);
    if (const auto root = f.linear_root()) {
      if (range.contains(*root)) all.at.push_back(*root);
      continue;
    }
    join(all, Search(f, false, most_roots).run(range));
  }
  std::ranges::sort(all.at);
  return all;
}

Roots find_whole_values(const Expr& formula, const Symbol& variable, const Bindings& bindings, Interval range,
                        std::size_t limit) {
  if (!depends_on(formula, variable)) return {};
  if (formula->has_integral) return {.complete = false};
  const Function1 f(formula, variable, bindings);
  return Search(f, true, limit).run(range);
}

}  // namespace jitegral::analysis
