// What the build compiles to LLVM bitcode and embeds: the bodies of vecmath, one blob a function, and what
// precompiled objects carry with them.
#pragma once

#include <string_view>

namespace jitegral::codegen {

// The blob that defines jtg_NAME; empty if vecmath has no such body.
std::string_view vecmath_bitcode(std::string_view name);

// The integrator (src/runtime, with the rules and the engine).
std::string_view runtime_bitcode();
// The special functions jts_NAME (src/functions), a blob of all of them.
std::string_view special_bitcode();
// How x86 code chooses between versions of itself (src/runtime/processor.cpp).
std::string_view processor_bitcode();
// What serves the functions of a precompiled object to CPython (src/runtime/python_module.cpp).
std::string_view python_bitcode();

}  // namespace jitegral::codegen
