#include "analysis/symmetry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

Parity times(Parity a, Parity b) {
  if (a == Parity::none || b == Parity::none) return Parity::none;
  return a == b ? Parity::even : Parity::odd;
}

Parity of_power(Parity base, const Expr& exponent) {
  if (base == Parity::none || !exponent.is_number() || std::trunc(exponent->value) != exponent->value)
    return Parity::none;
  return std::fmod(exponent->value, 2) == 0 ? Parity::even : base;
}

Parity of_apply(const Node& node, std::span<const Parity> below) {
  static const Function& power = *functions::find("^");
  const Function& f = *node.function;
  if (std::ranges::all_of(below, [](Parity p) { return p == Parity::even; })) return Parity::even;
  if (f.instruction == I::add || f.instruction == I::subtract)
    return below[0] == below[1] ? below[0] : Parity::none;
  if (f.instruction == I::multiply || f.instruction == I::divide) return times(below[0], below[1]);
  if (f.instruction == I::select && below[0] == Parity::even)
    return below[1] == below[2] ? below[1] : Parity::none;
  if (&f == &power) return of_power(below[0], node.arguments[1]);
  if (below.size() != 1 || below[0] == Parity::none) return Parity::none;
  return f.parity;  // of something odd
}

bool is_sum(const Expr& expr) {
  return expr->kind == ExprKind::apply &&
         (expr->function->instruction == I::add || expr->function->instruction == I::subtract);
}

// The sum of a and b, where both are numbers and rounding does nothing.
std::optional<double> exact_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  const double lost = (a - (sum - part)) + (b - part);
  return lost == 0 ? std::optional(sum) : std::nullopt;
}

// (c + u) ± number, number - (c + u): the numbers added up.
Expr gathered(const Expr& sum) {
  if (!is_sum(sum)) return sum;
  const Expr &a = sum->arguments[0], &b = sum->arguments[1];
  const bool minus = sum->function->instruction == I::subtract;
  const auto inner = [](const Expr& e) {
    return is_sum(e) && e->arguments[0].is_number() && e->function->instruction == I::add;
  };
  if (inner(a) && b.is_number())
    if (const auto c = exact_sum(a->arguments[0]->value, minus ? -b->value : b->value))
      return *c == 0 ? a->arguments[1] : expand("x y +", std::array{Expr::number(*c), a->arguments[1]});
  if (a.is_number() && inner(b))
    if (const auto c = exact_sum(a->value, minus ? -b->arguments[0]->value : b->arguments[0]->value)) {
      if (*c == 0) return minus ? expand("x negate", std::array{b->arguments[1]}) : b->arguments[1];
      return expand(minus ? "x y -" : "x y +", std::array{Expr::number(*c), b->arguments[1]});
    }
  return sum;
}

}  // namespace

Parity parity(const Expr& formula, const Symbol& variable) {
  return fold<Parity>(formula, [&](const Node& node, std::span<const Parity> below) {
    if (node.kind == ExprKind::variable) return node.symbol == variable ? Parity::odd : Parity::even;
    if (node.kind == ExprKind::integral) return Parity::none;
    return node.kind == ExprKind::number ? Parity::even : of_apply(node, below);
  });
}

Expr shifted(const Expr& formula, const Symbol& variable, double centre, const Symbol& u) {
  const Expr distance = Expr::variable(u);
  Expr x = centre == 0 ? distance : expand("x y +", std::array{Expr::number(centre), distance});
  return simplify(fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
    if (node.kind == ExprKind::variable && node.symbol == variable) return x;
    return gathered(rebuild(node, arguments));
  }));
}

namespace {

// How many half turns sine, cosine and tangent take to repeat, up to their sign; 0 for other functions.
struct WaveRow {
  const Function* function;
  Parity half_turn;  // what half a turn does to the value
};
const auto& wave_rows() {
  static const auto made = [] {
    const std::array x{Expr::variable(Symbol("x"))};
    return std::array{WaveRow{expand("x sin", x)->function, Parity::odd},
                      WaveRow{expand("x cos", x)->function, Parity::odd},
                      WaveRow{expand("x tan", x)->function, Parity::even}};
  }();
  return made;
}

const WaveRow* wave_row(const Node& node) {
  if (node.kind != ExprKind::apply) return nullptr;
  const auto* found = std::ranges::find(wave_rows(), node.function, &WaveRow::function);
  return found == wave_rows().end() ? nullptr : found;
}

// |k| where the argument is k*x + b; 0 elsewhere.
double rate(const Expr& argument, const Symbol& variable) {
  const auto slope = differentiate(argument, variable);
  return slope && slope->is_number() ? std::fabs((*slope)->value) : 0;
}

// What x -> x + turns*pi/wave_number does to the value.
Parity after(double turns, double wave_number, const Expr& formula, const Symbol& variable) {
  return fold<Parity>(formula, [&](const Node& node, std::span<const Parity> below) {
    if (node.kind == ExprKind::variable) return node.symbol == variable ? Parity::none : Parity::even;
    if (node.kind != ExprKind::apply) return node.kind == ExprKind::number ? Parity::even : Parity::none;
    const WaveRow* const wave = wave_row(node);
    const double k = wave != nullptr && below[0] == Parity::none ? rate(node.arguments[0], variable) : 0;
    if (k == 0) return of_apply(node, below);
    const bool whole_turns = std::fmod(std::round(k / wave_number) * turns, 2) == 0;
    return whole_turns ? Parity::even : wave->half_turn;
  });
}

// The largest number that all rates are whole multiples of; 0 if there is none.
double common_rate(const std::vector<double>& rates) {
  const double least = *std::ranges::min_element(rates);
  for (int parts = 1; parts <= 6; ++parts) {
    const double g = least / parts;
    const auto is_multiple = [g](double k) { return std::fabs(k / g - std::round(k / g)) < 1e-14 * (k / g); };
    if (std::ranges::all_of(rates, is_multiple)) return g;
  }
  return 0;
}

// True if the variable stands somewhere outside of sine, cosine and tangent.
bool stands_alone(const Expr& formula, const Symbol& variable) {
  return fold<int>(formula, [&](const Node& node, std::span<const int> below) -> int {
    if (node.kind == ExprKind::variable) return node.symbol == variable;
    return wave_row(node) == nullptr && std::ranges::find(below, 1) != below.end();
  });
}

}  // namespace

std::optional<Period> period(const Expr& formula, const Symbol& variable) {
  if (stands_alone(formula, variable)) return std::nullopt;
  std::vector<double> rates;
  fold<int>(formula, [&](const Node& node, std::span<const int>) {
    if (wave_row(node) != nullptr)
      if (const double k = rate(node.arguments[0], variable); k > 0) rates.push_back(k);
    return 0;
  });
  if (rates.empty()) return std::nullopt;
  const double g = common_rate(rates);
  if (g == 0) return std::nullopt;
  switch (after(1, g, formula, variable)) {
    case Parity::odd:
      return Period{g, true};
    case Parity::even:
      return Period{2 * g, false};
    case Parity::none:
      break;
  }
  if (after(2, g, formula, variable) != Parity::even) return std::nullopt;
  return Period{g, false};
}

}  // namespace jitegral::analysis
