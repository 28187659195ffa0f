// The exported functions around a formula: loops over points. Private to codegen.
#pragma once

#include <llvm/IR/Module.h>

#include <string>

#include "codegen/compile.h"

namespace jitegral::codegen {

// `self_contained` as for Compiler::compile.
void emit_entry(llvm::Module& module, const KernelSource& source, const std::string& name, Entry entry,
                bool self_contained);

}  // namespace jitegral::codegen
