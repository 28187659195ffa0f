#include "expr/opened.h"

#include <unordered_map>

#include "expr/transform.h"

namespace jitegral {

Opened open(const Expr& formula, const std::vector<Expr>& integrals) {
  Opened opened;
  std::unordered_map<Expr, Expr> replacement;
  for (const Expr& integral : integrals) {
    opened.slots.emplace_back("slot");
    opened.errors.emplace_back("error");
    replacement.emplace(integral, Expr::variable(opened.slots.back()));
  }
  opened.formula = simplify(substitute(formula, replacement));
  Expr sum = Expr::number(0);
  for (std::size_t i = 0; i < integrals.size(); ++i) {
    const auto derivative = differentiate(opened.formula, opened.slots[i]);
    if (!derivative) return opened;
    const Expr slope = Expr::apply(functions::operation(Instruction::absolute), {*derivative});
    const Expr term =
        Expr::apply(functions::operation(Instruction::multiply), {slope, Expr::variable(opened.errors[i])});
    sum = Expr::apply(functions::operation(Instruction::add), {sum, term});
  }
  opened.noise = simplify(sum);
  return opened;
}

}  // namespace jitegral
