#include "codegen/llvm_setup.h"

#include <llvm/Support/TargetSelect.h>

#include <mutex>

namespace jitegral::codegen {

void initialize_llvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
}

}  // namespace jitegral::codegen
