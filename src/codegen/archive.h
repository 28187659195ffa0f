// Static libraries.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace jitegral::codegen {

// An archive with a table of symbols and one member, the object; without times or owners. Errors: E503.
Expected<std::string> make_archive(const std::string& object);

}  // namespace jitegral::codegen
