// The value of a number as it is written in the language.
#pragma once

#include <string_view>

namespace jitegral::syntax {

// The nearest double to a well-formed number such as 1_000.5e-3; inf above the range of double and 0 below.
double number_value(std::string_view text);

}  // namespace jitegral::syntax
