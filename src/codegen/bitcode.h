// The bodies of vecmath as LLVM bitcode, one blob a function, embedded by the build.
#pragma once

#include <string_view>

namespace jitegral::codegen {

// The blob that defines jtg_NAME; empty if vecmath has no such body.
std::string_view vecmath_bitcode(std::string_view name);

}  // namespace jitegral::codegen
