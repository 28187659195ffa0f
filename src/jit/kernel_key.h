// What a compiled kernel depends on, as text: equal keys, equal machine code. Private to jit.
#pragma once

#include <string>

#include "codegen/compile.h"

namespace jitegral::jit {

// Of the maker: the build that made it (build_id(), not empty), LLVM, the machine and its features.
std::string maker_key(const std::string& build, const codegen::Target& target);

// Of a formula over numbered axes and params, with its numbers bit for bit: what they are called does not
// matter.
std::string formula_key(const codegen::KernelSource& source);

// Of one kernel: those of its maker and its formula, and the entry.
std::string kernel_key(const std::string& maker, const codegen::KernelSource& source, codegen::Entry entry);

}  // namespace jitegral::jit
