// The step that every formula-to-formula walk ends with: the same node with other arguments.
#pragma once

#include <algorithm>
#include <span>

#include "expr/expr.h"

namespace jitegral {

inline Expr rebuild(const Node& node, std::span<const Expr> arguments) {
  if (std::ranges::equal(arguments, node.arguments)) return Expr::of(node);
  switch (node.kind) {
    case ExprKind::number:
      return Expr::number(node.value);
    case ExprKind::variable:
      return Expr::variable(node.symbol);
    case ExprKind::apply:
      return Expr::apply(*node.function, arguments);
    case ExprKind::integral:
      return Expr::integral(node.symbol, arguments[0], arguments[1], arguments[2], node.options);
  }
  return {};
}

// The same, simplified, where the arguments are simple already.
Expr rebuild_simply(const Node& node, std::span<const Expr> arguments);

}  // namespace jitegral
