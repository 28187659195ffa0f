#include "analysis/row_series.h"

#include <array>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/decisions.h"
#include "analysis/roots.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/transform.h"
#include "functions/near.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

constexpr double points = series_row_points;
constexpr int last_power = 6;
constexpr int series_radius = 112;  // in units of half a row

// Sums and products in which an absent formula is 0.
Expr apply(I instruction, std::initializer_list<Expr> arguments) {
  return apply_simply(functions::operation(instruction), arguments);
}
Expr number(double value) { return Expr::number(value); }
Expr negative(const Expr& a) { return a ? apply(I::negate, {a}) : a; }
Expr plus(const Expr& a, const Expr& b) { return !a ? b : !b ? a : apply(I::add, {a, b}); }
Expr minus(const Expr& a, const Expr& b) { return !b ? a : !a ? negative(b) : apply(I::subtract, {a, b}); }
Expr times(const Expr& a, const Expr& b) {
  if (!a || !b) return {};
  return a.is_number(1) ? b : b.is_number(1) ? a : apply(I::multiply, {a, b});
}
Expr absolute(const Expr& a) { return apply(I::absolute, {a}); }
Expr not_above(const Expr& a, const Expr& b) { return apply(I::less_equal, {a, b}); }

// One or the other, of which an absent one is this number.
Expr chosen(const Expr& condition, const Expr& a, const Expr& b, double absent) {
  const auto or_absent = [&](const Expr& one) { return one ? one : number(absent); };
  return a == b ? a : apply(I::select, {condition, or_absent(a), or_absent(b)});
}

const Function& power() {
  static const Function& row = *functions::find("^");
  return row;
}

// Coefficients of the Taylor series of formulas of a variable, about that variable, times the powers of a
// unit: with one that is as long as the series reaches, terms that count do not underflow.
class PowerSeries {
 public:
  PowerSeries(const Symbol& variable, Expr unit) : variable_(variable), unit_(std::move(unit)) {}

  // Absent: 0.
  Expr coefficient(const Expr& formula, int k) {
    if (k == 0) return formula.is_number(0) ? Expr{} : formula;
    if (formula->kind == ExprKind::variable && formula->symbol == variable_) return k == 1 ? unit_ : Expr{};
    if (!is_known_) return {};
    auto& known = known_[formula];
    if (const auto& found = known.at(static_cast<std::size_t>(k))) return *found;
    Expr made = depends_on(formula, variable_) ? make(*formula.node(), k) : Expr{};
    known.at(static_cast<std::size_t>(k)) = made;
    return made;
  }
  // False once a formula had none.
  [[nodiscard]] bool is_known() const { return is_known_; }

 private:
  Expr make(const Node& node, int k) {
    if (node.kind != ExprKind::apply || node.host != nullptr) return unknown();
    const auto& of = node.arguments;
    switch (node.function->instruction) {
      case I::add:
        return plus(coefficient(of[0], k), coefficient(of[1], k));
      case I::subtract:
        return minus(coefficient(of[0], k), coefficient(of[1], k));
      case I::negate:
        return negative(coefficient(of[0], k));
      case I::multiply:
        return convolution(of[0], of[1], 0, k);
      case I::divide:
        return times(minus(coefficient(of[0], k), convolution(of[1], Expr::of(node), 1, k)), inverse(of[1]));
      case I::select:
        return piece(of[0], coefficient(of[1], k), coefficient(of[2], k));
      default:
        if (is_truth_value(node.function->instruction)) return {};
        return node.function == &power() && !depends_on(of[1], variable_) ? of_power(node, k)
                                                                          : of_function(node, k);
    }
  }

  static Expr piece(const Expr& condition, const Expr& a, const Expr& b) {
    return a || b ? chosen(condition, a, b, 0) : Expr{};
  }

  // The sum of a[j] * b[k-j] from j = first on.
  Expr convolution(const Expr& a, const Expr& b, int first, int k) {
    Expr sum;
    for (int j = first; j <= k; ++j)
      if (const Expr factor = coefficient(a, j)) sum = plus(sum, times(factor, coefficient(b, k - j)));
    return sum;
  }

  // a^p: k*a[0]*y[k] is the sum of (j*(p + 1) - k) * a[j] * y[k-j].
  Expr of_power(const Node& node, int k) {
    const Expr& a = node.arguments[0];
    const Expr more = plus(node.arguments[1], number(1));
    Expr sum;
    for (int j = 1; j <= k; ++j)
      if (const Expr aj = coefficient(a, j)) {
        const Expr weight = times(number(1.0 / k), minus(times(number(j), more), number(k)));
        sum = plus(sum, times(times(weight, aj), coefficient(Expr::of(node), k - j)));
      }
    return times(sum, inverse(a));
  }

  // f(a): k*y[k] is the sum of j*a[j] * g[k-j] with g = f'(a), over all arguments.
  Expr of_function(const Node& node, int k) {
    Expr sum;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      if (!depends_on(node.arguments[i], variable_)) continue;
      if (node.function->derivative[i].empty()) return unknown();
      const Expr g = expand_simply(node.function->derivative[i], node.arguments, Expr::of(node));
      for (int j = 1; j <= k; ++j)
        if (const Expr aj = coefficient(node.arguments[i], j))
          sum = plus(sum, times(times(number(static_cast<double>(j) / k), aj), coefficient(g, k - j)));
    }
    return sum;
  }

  static Expr inverse(const Expr& a) { return apply(I::divide, {number(1), a}); }
  Expr unknown() {
    is_known_ = false;
    return {};
  }

  const Symbol& variable_;
  Expr unit_;
  bool is_known_ = true;
  std::unordered_map<Expr, std::array<std::optional<Expr>, last_power + 1>> known_;
};

// How far a formula's values may be from the one at the middle of a disc.
struct Disc {
  Expr radius;  // absent: 0
  Expr sound;   // not 0 if the formula is analytic in the disc, and the radius holds. Absent: it is so
};

Expr both(const Expr& a, const Expr& b) { return !a ? b : !b || a == b ? a : apply(I::logical_and, {a, b}); }

// Arithmetic on discs of complex numbers. Where a formula decides between pieces, the decision is to be the
// same all over the disc: then it is one of its pieces there.
class Discs {
 public:
  Discs(const Symbol& middle, Expr radius) : middle_(middle), radius_(std::move(radius)) {}

  // Of a formula of the middle.
  Disc of(const Expr& formula) {
    return fold<Disc>(formula, [this](const Node& node, std::span<const Disc> below) -> Disc {
      if (node.kind == ExprKind::variable && node.symbol == middle_) return {radius_, {}};
      if (node.kind != ExprKind::apply) return {};
      if (node.function->instruction == I::select) return of_select(node, below);
      Disc disc;
      for (const Disc& one : below) disc.sound = both(disc.sound, one.sound);
      if (std::ranges::all_of(below, [](const Disc& one) { return !one.radius; })) return disc;
      const Disc here = of(node, below);
      return {here.radius, both(disc.sound, here.sound)};
    });
  }
  // False once there was none.
  [[nodiscard]] bool is_known() const { return is_known_; }

 private:
  Disc of(const Node& node, std::span<const Disc> below) {
    const auto& a = node.arguments;
    const Expr &r = below[0].radius, &s = below.back().radius;
    switch (node.function->instruction) {
      case I::add:
      case I::subtract:
        return {plus(r, s), {}};
      case I::negate:
        return {r, {}};
      case I::multiply:
        return {plus(plus(times(absolute(a[0]), s), times(absolute(a[1]), r)), times(r, s)), {}};
      case I::divide: {
        const Expr moved = plus(r, times(absolute(Expr::of(node)), s));
        return checked(apply(I::divide, {moved, minus(absolute(a[1]), s)}));
      }
      default:
        return is_truth_value(node.function->instruction) ? of_decision(node, below)
                                                          : of_function(node, below);
    }
  }

  static Disc of_decision(const Node& node, std::span<const Disc> below) {
    const auto& a = node.arguments;
    if (is_comparison(node.function->instruction)) return {{}, are_apart(a[0], a[1], below)};
    return {{}, both(is_decided(a[0], below[0]), is_decided(a.back(), below.back()))};
  }

  static Disc of_select(const Node& node, std::span<const Disc> below) {
    const Expr& condition = node.arguments[0];
    const Disc &one = below[1], &other = below[2];
    const Expr sound = chosen(condition, one.sound, other.sound, 1);
    return {chosen(condition, one.radius, other.radius, 0),
            both(both(below[0].sound, is_decided(condition, below[0])), sound)};
  }

  static Expr are_apart(const Expr& a, const Expr& b, std::span<const Disc> below) {
    return apply(I::less, {plus(below[0].radius, below[1].radius), absolute(minus(a, b))});
  }

  // As a condition: everywhere 0, or nowhere.
  static Expr is_decided(const Expr& condition, const Disc& disc) {
    return disc.radius ? apply(I::less, {disc.radius, absolute(condition)}) : Expr{};
  }

  Disc of_function(const Node& node, std::span<const Disc> below) {
    const auto& majorants = node.function->majorant;
    const bool several = std::ranges::count_if(below, [](const Disc& one) { return bool(one.radius); }) > 1;
    const auto first = std::ranges::find_if(below, [](const Disc& one) { return bool(one.radius); });
    const std::size_t which =
        several ? majorants.size() - 1 : static_cast<std::size_t>(first - below.begin());
    if (node.host != nullptr || node.arguments.size() > 2 || majorants[which].empty()) {
      is_known_ = false;
      return {};
    }
    std::vector<Expr> arguments(node.arguments.begin(), node.arguments.end());
    arguments.push_back(several ? plus(below[0].radius, below[1].radius) : first->radius);
    return checked(expand_simply(majorants[which], arguments, Expr::of(node)));
  }

  // Of a radius that has become 0 or infinite, the sign counts, too.
  static Disc checked(const Expr& radius) {
    return {radius, apply(I::less, {number(0), apply(I::divide, {number(1), radius})})};
  }

  const Symbol& middle_;
  Expr radius_;
  bool is_known_ = true;
};

Expr at(const Expr& formula, const Symbol& variable, const Expr& place) {
  return substitute(formula, {{Expr::variable(variable), place}});
}

// In the rows for all arguments: what a row costs does not matter, and its bits must not depend on how much
// is known of the range.
Expr with_general_rows(const Expr& formula) {
  return fold<Expr>(formula, [](const Node& node, std::span<const Expr> arguments) {
    if (node.kind != ExprKind::apply || node.host != nullptr) return Expr::of(node);
    return Expr::apply(*functions::general(node.function), arguments);
  });
}

// The mean of the power of an offset from the middle, in units of the distance from the first point to there.
double mean_power(int power) {
  double sum = 0;
  for (int i = 0; i < series_row_points; ++i) {
    const double offset = (2 * i - (points - 1)) / (points - 1);
    double product = 1;
    for (int k = 0; k < power; ++k) product *= offset;
    sum += product;
  }
  return sum / points;
}

Expr sum_of_row(const Expr& formula, const Symbol& variable, const RowPlaces& places, PowerSeries& series) {
  Expr mean;
  for (int k = last_power; k >= 0; k -= 2)
    mean = plus(times(number(mean_power(k)), series.coefficient(formula, k)), mean);
  return at(times(number(points), mean), variable, Expr::variable(places.row));
}

// From the middle of a call to the end of all discs.
Expr reach(const RowPlaces& places) {
  return plus(Expr::variable(places.radius),
              times(number(series_radius / 2.0), Expr::variable(places.row_length)));
}

Expr where_valid(const Expr& formula, const Symbol& variable, const RowPlaces& places, const Disc& disc) {
  constexpr double largest = 1e300, farthest = 1e100;  // squares are none too large
  const Expr middle = Expr::variable(places.middle);
  const Expr size = absolute(at(formula, variable, middle));
  const Expr varies_little = disc.radius ? not_above(disc.radius, times(number(0.75), size)) : Expr{};
  const Expr is_usual = both(not_above(size, number(largest)),
                             not_above(plus(absolute(middle), reach(places)), number(farthest)));
  return both(both(varies_little, disc.sound), is_usual);
}

}  // namespace

std::optional<RowSeries> row_series(const Expr& written, const Symbol& variable, const RowPlaces& places) {
  constexpr std::size_t most_nodes = 60, most_in_series = 600;
  if (node_count(written) > most_nodes || !depends_on(written, variable)) return {};
  const Expr formula = with_general_rows(written);
  Discs discs(places.middle, reach(places));
  const Disc disc = discs.of(at(formula, variable, Expr::variable(places.middle)));
  if (!discs.is_known()) return {};
  PowerSeries series(variable, times(number(1 / points), Expr::variable(places.total)));
  const Expr sum = sum_of_row(formula, variable, places, series);
  if (!series.is_known() || node_count(sum) > most_in_series) return {};
  return RowSeries{sum, where_valid(formula, variable, places, disc)};
}

}  // namespace jitegral::analysis
