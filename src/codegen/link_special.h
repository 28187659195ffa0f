// Special functions inside precompiled objects. Private to codegen.
#pragma once

#include <llvm/IR/Module.h>

#include "base/diagnostic.h"
#include "codegen/target.h"

namespace jitegral::codegen {

// Gives the module the special functions that its kernels call; all of them, if it calls one. Errors: E503.
Expected<void> link_special(llvm::Module& module, const Target& target);

// E504 if one of those that are left in the module computes with numbers that its machine does not have.
Expected<void> check_special(const llvm::Module& module);

}  // namespace jitegral::codegen
