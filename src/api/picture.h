// The curves of a plot statement, point by point. Private to api.
#pragma once

#include <functional>

#include "api/workspace.h"
#include "sema/elaborate.h"

namespace jitegral {

// A formula made ready: its value, nan where there is none, for values of the symbols it was prepared with.
using Ready = std::function<Expected<double>(std::span<const double> values)>;
using Prepare = std::function<Ready(const Expr& formula, std::span<const Symbol> symbols)>;

// Samples the curves of a statement at `points` points of its range, or at the rows of its loops. Once
// `stopped` says so, what is missing is left out. Errors: E314 for a range that is not finite, E313, and
// those of values.
Expected<Picture> sample(const sema::Statement& statement, int points, const Prepare& prepare,
                         const std::function<bool()>& stopped);

}  // namespace jitegral
