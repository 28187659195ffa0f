// Shared libraries, by the C compiler of the machine they are made on. Private to aot.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace jitegral::aot {

// The object as a shared library that names libm and libc as what it needs. `compiler` and its first words;
// the bytes of what it made. Errors: E506.
Expected<std::string> link_shared(const std::string& object, std::vector<std::string> compiler);

// The words of CC in the environment; else cc, or the cross compiler that Debian would call TRIPLE-gcc.
std::vector<std::string> c_compiler(const std::string& triple);

}  // namespace jitegral::aot
