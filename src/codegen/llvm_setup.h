// LLVM's own start-up, once a process.
#pragma once

namespace jitegral::codegen {

void initialize_llvm();

}  // namespace jitegral::codegen
