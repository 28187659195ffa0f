// Rows on a part of their domain. A body that serves all arguments clamps them, tests for those that need a
// slow path and brings signs and scales back at the end; where none of this is needed, a row may have a
// second body without it, which gives the same bits in less time.
#pragma once

#include <array>

#include "functions/function.h"

namespace jitegral::functions {

// A second row for the values of a general one. Nobody can type it, and all that is known of the function is
// known of it, too: only its name and its code are its own.
struct Near {
  Function row;
  const Function* general;
  std::string_view spared;  // what it takes no care for: "huge arguments"
  // Where it gives the general row's bits: for arguments in these intervals if the function's value is in
  // `result`. All are narrower than they could be by much more than arguments are rounded. Outside of them it
  // does no harm but to be wrong, and a nan gives a nan.
  std::array<Interval, 2> arguments{};
  Interval result{};
};

// The second row of a row of the table; null if there is none. Thread-safe.
const Near* near(const Function& function);

// The general row of a second one; any other row itself. Thread-safe.
const Function* general(const Function* function);

}  // namespace jitegral::functions
