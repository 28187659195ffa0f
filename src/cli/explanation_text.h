// The explanation of a message's code, for a person.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace jitegral::cli {

// E or W and digits.
bool looks_like_code(const std::string& text);

// Errors: E606.
Expected<std::string> explanation_text(const std::string& id);

}  // namespace jitegral::cli
