// The exported functions of a precompiled object, and its tables, as IR. Private to codegen.
#pragma once

#include <llvm/IR/Module.h>

#include <span>
#include <string>

#include "codegen/library.h"

namespace jitegral::codegen {

void emit_tables(llvm::Module& module, std::span<const Table> tables);
void emit_point(llvm::Module& module, const PointFunction& point);
// A gate that calls the runtime, under the name `name`. Not for Role::formula and Role::cpu.
void emit_gate(llvm::Module& module, const Gate& gate, const std::string& name);
// The gate of Role::cpu where there is nothing to choose.
void emit_only_version(llvm::Module& module, const Gate& gate, const std::string& cpu);
// A gate that calls one of the functions `versions`, by the runtime's choice.
void emit_dispatch(llvm::Module& module, const Gate& gate, std::span<const std::string> versions);
// The methods and tables of an extension module of CPython, whose gates are there, and its entrance.
void emit_module(llvm::Module& module, const Module& python);
// The names under which dispatch finds what the runtime needs to choose.
inline constexpr const char* versions_table = "jitegral.versions";

}  // namespace jitegral::codegen
