// Formulas of the function table (derivatives, expansions) in reverse Polish notation, made into Exprs.
#pragma once

#include <span>
#include <string_view>

#include "expr/expr.h"

namespace jitegral {

// Words are separated by blanks: x, y, z are arguments[0..2], f is `value`, numbers and constants are
// themselves, all else is a row of the table. The table is ours, so a bad word is a programming error, caught
// by a test.
Expr expand(std::string_view rpn, std::span<const Expr> arguments, const Expr& value = {});
// The same, simplified, where arguments and value are simple already.
Expr expand_simply(std::string_view rpn, std::span<const Expr> arguments, const Expr& value = {});

}  // namespace jitegral
