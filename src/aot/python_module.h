// Named formulas as an extension module of CPython. Private to aot.
#pragma once

#include <span>
#include <string>

#include "aot/object.h"
#include "base/diagnostic.h"
#include "codegen/library.h"

namespace jitegral::aot {

// Adds the gates that the module calls for one formula, whose runtime::Function is `table`.
void add_module_gates(codegen::Library& library, const NamedFormula& formula, const std::string& table);

// The methods of a module NAME, and the tables that describe them to runtime/python_module.cpp. Errors: E504,
// where Python could not spell a name.
Expected<codegen::Module> make_module(std::span<const NamedFormula> formulas, const Order& order);

// Type hints, as a .pyi file has them.
std::string stub_text(std::span<const NamedFormula> formulas, const Order& order);

}  // namespace jitegral::aot
