// Formulas together with the runtime that integrates them: what precompiled objects are made of. The runtime
// (src/runtime, with rules and engine) is bitcode made by the build; here it gets kernels, the tables that
// tell it about them, and the exported functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/compile.h"
#include "codegen/target.h"

namespace jitegral::codegen {

// Eight bytes of a table: a number, or the address of what has this name (null if it is empty).
using Word = std::variant<std::uint64_t, double, std::string>;

// Constants under a name: words, or a C string if there are none.
struct Table {
  std::string name;
  std::vector<Word> words{};
  std::string text{};
};

// double NAME(const double* values), where symbols[i] has the value values[i].
struct PointFunction {
  std::string name;
  Expr formula;
  std::vector<Symbol> symbols;
};

// What an exported function does. All but `formula` hand their arguments on to the runtime.
enum class Role : std::uint8_t {
  formula,      // double NAME(double, …): a kernel without integrals
  value,        // double NAME(double, …)
  value_error,  // double NAME(double, …, double* error)
  batch,        // void NAME(const double*, …, double* y, size_t n)
  integrate,    // double NAME(double a, double b, int64_t n)
  quad,         // double NAME(double a, double b, double abs_tol, double rel_tol, double* error)
  cpu,          // const char* NAME(void): the version that runs
  columns,      // void NAME(const double* const* columns, double* y, size_t n): batch of any arity
  point,        // double NAME(const double* arguments, double* error): value_error of any arity
};

struct Gate {
  std::string name;
  Role role = Role::value;
  std::size_t arity = 0;  // of the formula
  std::string table;      // what the runtime gets first; for Role::formula the kernel
};

// A function of an extension module of CPython, outside of the versions.
struct Method {
  std::string name;
  std::string callee;  // in runtime/python_module.cpp; it gets the table, and what CPython gives
  std::string table;
};

// What makes a library an extension module of CPython: `entrance` hands `table` to the runtime.
struct Module {
  std::vector<Method> methods;
  std::vector<Table> tables;  // may refer to gates and methods
  std::string entrance;       // PyInit_NAME
  std::string table;
};

// Everything but gates and the guard is invisible from outside; of a module, everything but the entrance.
struct Library {
  std::vector<Export> kernels;
  std::vector<PointFunction> points;
  std::vector<Table> tables;
  std::vector<Gate> gates;
  std::string guard;  // an exported constant whose name tells the interface, so that others do not link
  std::optional<Module> module;  // has no guard
};

// One library with a version of the code for each target, the first one preferred; all for one triple. The
// same input gives the same bytes. A version runs only where the processor has what it needs (on x86); where
// none does, the exported functions say so instead: see runtime/processor.cpp. Errors: E404, E503, E504.
Expected<std::string> compile_library(const Library& library, std::span<const Target> targets, Form form);

}  // namespace jitegral::codegen
