// Whole files in and out, with what went wrong as a Diagnostic.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace jitegral::cli {

// Errors: E601.
Expected<Source> read_file(const std::string& path);

// Errors: E602.
Expected<void> write_file(const std::string& path, const std::string& bytes);

}  // namespace jitegral::cli
