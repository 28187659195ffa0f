// Which names C and C++ leave to a precompiled function. Private to aot.
#pragma once

#include <string_view>

namespace jitegral::aot {

// False for what is not spelt as C wants it, for words that C or C++ keeps for itself, and for functions that
// compiled code may call by name.
bool is_c_name(std::string_view name);

}  // namespace jitegral::aot
