#include "expr/evaluate.h"

#include <cassert>
#include <limits>

#include "expr/fold.h"

namespace jitegral {

void Bindings::bind(const Symbol& symbol, double value) {
  for (auto& [known, old] : values_) {
    if (known == symbol) {
      old = value;
      return;
    }
  }
  values_.emplace_back(symbol, value);
}

const double* Bindings::find(const Symbol& symbol) const {
  for (const auto& [known, value] : values_)
    if (known == symbol) return &value;
  return nullptr;
}

double evaluate(const Expr& expr, const Bindings& bindings) {
  assert(!expr->has_integral);
  if (expr.is_number()) return expr->value;
  return fold<double>(expr, [&](const Node& node, std::span<const double> arguments) {
    if (node.kind == ExprKind::number) return node.value;
    if (node.kind == ExprKind::apply) return node.function->at(arguments.data());
    const double* value = bindings.find(node.symbol);
    return value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN();
  });
}

}  // namespace jitegral
