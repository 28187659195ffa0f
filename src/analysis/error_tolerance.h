// Which errors may a part of a formula have without harm to the sum of the formula's values?
#pragma once

#include <unordered_map>

#include "expr/expr.h"

namespace jitegral::analysis {

enum class Tolerance : std::uint8_t {
  none,      // decides between branches or jumps: must not be touched
  relative,  // a few more units in the last place
  absolute,  // also if its value is tiny while its terms are not: the formula changes by no more than that,
             // times something bounded
};

// For every node of `formula`, by its structure alone, on the careful side: sin(x) in 1/sin(x) and in
// sin(x)/x is `relative`, in exp(sin(x))/(1 + x*x) it is `absolute`, in floor(sin(x)) it is `none`. The keys
// live as long as `formula`.
std::unordered_map<const Node*, Tolerance> error_tolerances(const Expr& formula);

}  // namespace jitegral::analysis
