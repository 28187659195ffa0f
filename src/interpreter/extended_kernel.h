// A Kernel that computes in extended precision, for formulas whose digits double precision cannot hold.
#pragma once

#include <optional>

#include "expr/expr.h"
#include "kernel/kernel.h"

namespace jitegral::interpreter {

// `formula` (free of integrals, with no symbol but `variable`) at the sum of the axis and params[0], added up
// in `long double`, as all else is; only the value is rounded to double. Some 50 times slower than machine
// code. Nothing if a function in it has no extended form.
std::optional<Kernel> extended_kernel(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::interpreter
