// The function table and the rules as text for a person.
#pragma once

#include <string>

namespace jitegral::cli {

// All functions and rules, a line each; or everything about one of them. False if there is no such name.
bool print_reference(const std::string& name);

}  // namespace jitegral::cli
