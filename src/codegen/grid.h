// The sum of a formula over a grid, as code. Private to codegen.
#pragma once

#include <llvm/IR/Module.h>

#include <string>

#include "codegen/compile.h"
#include "codegen/emit.h"

namespace jitegral::codegen {

// NAME_grid, in the order that analysis/grid_form.h lays down. With Bodies::outside, where the interpreter is
// at hand to walk rows, what the form has for calls that are not summed by rows.
void emit_grid(llvm::Module& module, const KernelSource& source, const std::string& name,
               Bodies where_time_is_not_spent);

}  // namespace jitegral::codegen
