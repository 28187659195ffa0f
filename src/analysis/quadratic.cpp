#include "analysis/quadratic.h"

#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "analysis/degree.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
__extension__ using Quad = __float128;

Quad magnitude(Quad x) { return x < 0 ? -x : x; }

// c[0] + c[1]*x + c[2]*x^2.
struct Polynomial {
  std::array<Quad, 3> c{};
  [[nodiscard]] int degree() const { return c[2] != 0 ? 2 : c[1] != 0 ? 1 : 0; }
};
using Maybe = std::optional<Polynomial>;

Polynomial sum(const Polynomial& a, const Polynomial& b, int sign) {
  Polynomial out = a;
  for (std::size_t i = 0; i < 3; ++i) out.c[i] += sign * b.c[i];
  return out;
}

Maybe product(const Polynomial& a, const Polynomial& b) {
  if (a.degree() + b.degree() > 2) return std::nullopt;
  Polynomial out;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; i + j < 3; ++j) out.c[i + j] += a.c[i] * b.c[j];
  return out;
}

// A node, and what polynomial it is if it is one.
struct Part {
  Expr expr;
  Maybe polynomial;
};

Maybe polynomial_of(const Node& node, std::span<const Part> below, const Symbol& variable) {
  static const Function& power = *functions::find("^");
  if (node.kind == ExprKind::number) return Polynomial{{node.value}};
  if (node.kind == ExprKind::variable && node.symbol == variable) return Polynomial{{0, 1}};
  if (node.kind != ExprKind::apply) return std::nullopt;
  for (const Part& part : below)
    if (!part.polynomial) return std::nullopt;
  const Polynomial& a = *below[0].polynomial;
  const Polynomial& b = *below.back().polynomial;
  switch (node.function->instruction) {
    case I::add:
      return sum(a, b, 1);
    case I::subtract:
      return sum(a, b, -1);
    case I::negate:
      return sum({}, a, -1);
    case I::multiply:
      return product(a, b);
    case I::divide:
      return b.degree() == 0 && b.c[0] != 0 ? product(a, {{1 / b.c[0]}}) : std::nullopt;
    default:
      return node.function == &power && node.arguments[1].is_number(2) ? product(a, a) : std::nullopt;
  }
}

// a*(x - centre)^2 + slope*(x - centre) + extreme.
Expr completed(const Part& part, const Expr& x) {
  if (!part.polynomial || part.polynomial->degree() != 2) return part.expr;
  const auto& c = part.polynomial->c;
  const auto centre = static_cast<double>(-c[1] / (2 * c[2]));
  const Quad square = c[2] * centre * centre, slope = 2 * c[2] * centre + c[1];
  const Quad extreme = square + c[1] * centre + c[0];
  const auto a = static_cast<double>(c[2]), s = static_cast<double>(slope), k = static_cast<double>(extreme);
  const bool finite = std::isfinite(centre) && std::isfinite(a) && std::isfinite(k);
  constexpr double much = 64;
  if (!finite || centre == 0 || magnitude(extreme) * much > magnitude(square) + magnitude(c[0]))
    return part.expr;
  const Expr distance = expand("x y -", std::array{x, Expr::number(centre)});
  Expr out = expand("x y y * *", std::array{Expr::number(a), distance});
  if (s != 0) out = expand("x y z * +", std::array{out, Expr::number(s), distance});
  return simplify(k == 0 ? out : expand("x y +", std::array{out, Expr::number(k)}));
}

}  // namespace

Expr with_squares_completed(const Expr& formula, const Symbol& variable) {
  if (!has_degree(2, formula, variable)) return formula;
  const Expr x = Expr::variable(variable);
  return completed(fold<Part>(formula,
                              [&](const Node& node, std::span<const Part> below) -> Part {
                                Maybe polynomial = polynomial_of(node, below, variable);
                                if (polynomial) return {Expr::of(node), polynomial};
                                std::array<Expr, NodeContent::most_arguments> arguments;
                                for (std::size_t i = 0; i < below.size(); ++i)
                                  arguments[i] = completed(below[i], x);
                                return {rebuild(node, std::span(arguments).first(below.size())), {}};
                              }),
                   x);
}

}  // namespace jitegral::analysis
