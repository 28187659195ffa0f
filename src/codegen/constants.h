// Where the constants of a loop stand. Private to codegen.
#pragma once

#include <llvm/IR/Module.h>

namespace jitegral::codegen {

// Makes vectors of one number operands in memory. For targets of 32-byte registers: LLVM would broadcast each
// of them into a register of its own, once a use and vector, and of the processor's registers for values
// under way (160 in Zen 3) so many are then taken that fewer vectors are under way.
void keep_constants_in_memory(llvm::Module& module);

}  // namespace jitegral::codegen
