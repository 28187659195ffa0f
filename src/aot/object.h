// Formulas as an object file and a C header that need neither jitegral nor LLVM at run time (libm at most).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/target.h"
#include "expr/expr.h"

namespace jitegral::aot {

struct NamedFormula {
  std::string name;
  std::vector<Symbol> variables;
  Expr formula;
};

struct Artifact {
  std::string object;  // ELF, position independent; exports double NAME(double, …) for each formula
  std::string header;  // C99 and C++
};

// The same input gives the same bytes. Errors: E404, E503, E504.
Expected<Artifact> compile(std::span<const NamedFormula> formulas, const codegen::Target& target);

}  // namespace jitegral::aot
