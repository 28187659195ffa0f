// A Kernel for formulas that call functions of the program around us.
#pragma once

#include "codegen/compile.h"
#include "kernel/kernel.h"

namespace jitegral::jit {

// Evaluates `source` (free of integrals) in columns, operation by operation, so that a function of the host
// program is called with many points at once. No machine code is made: no address of this process gets into
// code that outlives it. The same bits as compiled code.
Kernel host_kernel(const codegen::KernelSource& source);

}  // namespace jitegral::jit
