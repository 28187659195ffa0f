// Named formulas as the kernels and tables of a precompiled object: what Session prepares when it integrates,
// laid out for the runtime (runtime/program.h). Private to aot.
#pragma once

#include <span>

#include "aot/object.h"
#include "base/diagnostic.h"
#include "codegen/library.h"
#include "plan/options.h"

namespace jitegral::aot {

// Everything but the guard, or but the module that `python` asks the gates for. `defaults` hold for integrals
// where nothing is written. Errors: E307, E311, E312, E504.
Expected<codegen::Library> make_library(std::span<const NamedFormula> formulas, const plan::Options& defaults,
                                        bool python);

}  // namespace jitegral::aot
