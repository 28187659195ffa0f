// Formulas as files that need neither jitegral nor LLVM at run time (libm and libc at most), with a C header.
// The integrator that they carry is the session's own, and gives the same bits.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/target.h"
#include "expr/expr.h"
#include "plan/options.h"

namespace jitegral::aot {

struct NamedFormula {
  std::string name;
  std::vector<Symbol> variables;
  Expr formula;
};

enum class Kind : std::uint8_t { object, assembly, ir, bitcode, archive, shared_library, python_module };

// By its name ("object", "shared-library"), or by the suffix of a file ("f.o", "libf.so", "f.abi3.so"): E505.
Expected<Kind> find_kind(const std::string& name, const std::string& file);
// "object, assembly, …"
std::string kind_names();

struct Order {
  std::vector<codegen::Target>
      targets;  // at least one, all of one architecture; the first that runs is taken
  Kind kind = Kind::object;
  std::string command;     // as a person typed it; for the header
  std::string module{};    // of Kind::python_module: what Python imports it by
  plan::Options defaults;  // for integrals where nothing is written
};

struct Artifact {
  std::string bytes;
  std::string header;  // C99 and C++; of a Python module its type hints
};

// What Python calls the module in a file: the name up to the first point.
std::string module_name(const std::string& file);

// For each formula NAME the functions that the header describes. The same input gives the same bytes. Errors:
// E307, E311, E312, E404, E503, E504, E506.
Expected<Artifact> compile(std::span<const NamedFormula> formulas, const Order& order);

}  // namespace jitegral::aot
