#include "codegen/llvm_setup.h"

#include <llvm/Support/TargetSelect.h>

#include <mutex>

namespace jitegral::codegen {

void initialize_llvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    // the other machine that precompiled objects are made for
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetAsmParser();  // precompiled objects ask the processor with inline assembly
  });
}

}  // namespace jitegral::codegen
