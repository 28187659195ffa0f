#include "analysis/waves.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/roots.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
using Sum = std::vector<Wave>;
// Empty: not a sum of waves.
using Waves = std::optional<Sum>;

constexpr std::size_t most_waves = 16;

Expr apply(std::string_view rpn, const Expr& a, const Expr& b = {}) {
  return simplify(expand(rpn, std::array{a, b ? b : a}));
}
Expr plus(const Expr& a, const Expr& b) {
  if (a.is_number(0)) return b;
  return b.is_number(0) ? a : apply("x y +", a, b);
}
Expr times(const Expr& a, const Expr& b) {
  if (a.is_number(0) || b.is_number(0)) return Expr::number(0);
  return apply("x y *", a, b);
}
Expr scaled(const Expr& a, double factor) { return times(a, Expr::number(factor)); }

bool is(const Node& node, I instruction) {
  return node.kind == ExprKind::apply && node.function == &functions::operation(instruction);
}

class Splitter {
 public:
  explicit Splitter(const Symbol& variable) : variable_(variable) {}

  Waves visit(const Node& node, std::span<const Waves> below) const {
    if (node.kind != ExprKind::apply) return steady(node);
    const bool all_known = std::ranges::all_of(below, &Waves::has_value);
    if (!all_known) return std::nullopt;
    if (node.function == sine() || node.function == cosine()) return wave(node, below[0]);
    const bool waving = std::ranges::any_of(below, [](const Waves& one) { return oscillates(*one); });
    if (!waving) return steady(node);
    if (is(node, I::add)) return added(*below[0], *below[1], 1);
    if (is(node, I::subtract)) return added(*below[0], *below[1], -1);
    if (is(node, I::negate)) return added({}, *below[0], -1);
    if (is(node, I::multiply)) return multiplied(*below[0], *below[1]);
    if (is(node, I::divide) && !oscillates(*below[1])) return divided(*below[0], node.arguments[1]);
    if (node.function == power()) return raised(*below[0], node.arguments[1]);
    return std::nullopt;
  }

 private:
  static const Function* row(std::string_view rpn) {
    const Expr x = Expr::variable(Symbol("x"));
    return expand(rpn, std::array{x, x})->function;
  }
  static const Function* sine() {
    static const Function* const found = row("x sin");
    return found;
  }
  static const Function* cosine() {
    static const Function* const found = row("x cos");
    return found;
  }
  static const Function* power() {
    static const Function* const found = row("x y ^");
    return found;
  }

  static bool oscillates(const Sum& sum) {
    return std::ranges::any_of(sum, [](const Wave& wave) { return static_cast<bool>(wave.phase); });
  }

  static Waves steady(const Node& node) {
    return Sum{{.phase = {}, .cosine = rebuild(node, node.arguments), .sine = Expr::number(0)}};
  }

  Waves wave(const Node& node, const Waves& inner) const {
    if (oscillates(*inner)) return std::nullopt;
    const Expr& phase = node.arguments[0];
    if (!depends_on(phase, variable_)) return steady(node);
    const Expr zero = Expr::number(0), one = Expr::number(1);
    return Sum{{phase, node.function == cosine() ? one : zero, node.function == cosine() ? zero : one}};
  }

  static Waves added(Sum all, const Sum& more, double sign) {
    for (const Wave& wave : more) {
      const Expr c = scaled(wave.cosine, sign), s = scaled(wave.sine, sign);
      const auto same = std::ranges::find(all, wave.phase, &Wave::phase);
      if (same == all.end()) {
        all.push_back({wave.phase, c, s});
      } else {
        same->cosine = plus(same->cosine, c);
        same->sine = plus(same->sine, s);
      }
    }
    if (all.size() > most_waves) return std::nullopt;
    return all;
  }

  // cos a cos b = (cos(a-b) + cos(a+b))/2, and so on.
  [[nodiscard]] Sum product(const Wave& a, const Wave& b) const {
    if (!a.phase) return {{b.phase, times(a.cosine, b.cosine), times(a.cosine, b.sine)}};
    if (!b.phase) return {{a.phase, times(a.cosine, b.cosine), times(a.sine, b.cosine)}};
    const Expr cc = times(a.cosine, b.cosine), ss = times(a.sine, b.sine);
    const Expr sc = times(a.sine, b.cosine), cs = times(a.cosine, b.sine);
    const Wave sum{apply("x y +", a.phase, b.phase), scaled(plus(cc, scaled(ss, -1)), 0.5),
                   scaled(plus(sc, cs), 0.5)};
    const Expr even = scaled(plus(cc, ss), 0.5), odd = scaled(plus(sc, scaled(cs, -1)), 0.5);
    if (a.phase == b.phase) return {{.phase = {}, .cosine = even, .sine = Expr::number(0)}, sum};
    const Expr difference = apply("x y -", a.phase, b.phase);
    const auto rate = differentiate(difference, variable_);
    if (rate && rate->is_number() && (*rate)->value == 0) {
      const Expr steady =
          plus(times(even, apply("x cos", difference)), times(odd, apply("x sin", difference)));
      return {{.phase = {}, .cosine = steady, .sine = Expr::number(0)}, sum};
    }
    return {{difference, even, odd}, sum};
  }

  [[nodiscard]] Waves multiplied(const Sum& a, const Sum& b) const {
    Waves all = Sum{};
    for (const Wave& p : a)
      for (const Wave& q : b) {
        if (!all) return all;
        all = added(*all, product(p, q), 1);
      }
    return all;
  }

  static Waves divided(Sum a, const Expr& by) {
    for (Wave& wave : a) {
      wave.cosine = wave.cosine.is_number(0) ? wave.cosine : apply("x y /", wave.cosine, by);
      wave.sine = wave.sine.is_number(0) ? wave.sine : apply("x y /", wave.sine, by);
    }
    return a;
  }

  [[nodiscard]] Waves raised(const Sum& a, const Expr& exponent) const {
    if (!exponent.is_number()) return std::nullopt;
    const double n = exponent->value;
    if (!(n >= 1 && n <= 8) || std::trunc(n) != n) return std::nullopt;
    Waves all = a;
    for (int i = 1; i < n && all; ++i) all = multiplied(*all, a);
    return all;
  }

  const Symbol& variable_;
};

}  // namespace

std::optional<std::vector<Wave>> waves(const Expr& formula, const Symbol& variable) {
  const Splitter splitter(variable);
  return fold<Waves>(
      formula, [&](const Node& node, std::span<const Waves> below) { return splitter.visit(node, below); });
}

Expr to_formula(const Wave& wave) {
  if (!wave.phase) return wave.cosine;
  return plus(times(wave.cosine, apply("x cos", wave.phase)), times(wave.sine, apply("x sin", wave.phase)));
}

}  // namespace jitegral::analysis
