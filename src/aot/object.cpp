#include "aot/object.h"

#include <algorithm>
#include <set>

#include "aot/c_names.h"
#include "aot/header.h"
#include "aot/package.h"
#include "aot/program.h"
#include "aot/python_module.h"
#include "codegen/library.h"

namespace jitegral::aot {
namespace {

struct KindName {
  Kind kind;
  std::string_view name;
  std::string_view suffix;
};

constexpr KindName kinds[] = {
    {Kind::object, "object", ".o"},
    {Kind::assembly, "assembly", ".s"},
    {Kind::ir, "llvm-ir", ".ll"},
    {Kind::bitcode, "bitcode", ".bc"},
    {Kind::archive, "static-library", ".a"},
    {Kind::python_module, "python", ".abi3.so"},
    {Kind::shared_library, "shared-library", ".so"},
};

// A file that is named as CPython names extension modules (PEP 3149, PEP 384).
bool is_named_as_module(const std::string& file) {
  return file.ends_with(".so") && file.substr(file.rfind('/') + 1).contains(".cpython-");
}

codegen::Form form_of(Kind kind) {
  switch (kind) {
    case Kind::assembly:
      return codegen::Form::assembly;
    case Kind::ir:
      return codegen::Form::ir;
    case Kind::bitcode:
      return codegen::Form::bitcode;
    default:
      return codegen::Form::object;
  }
}

Expected<void> check(const codegen::Library& library) {
  std::set<std::string> seen;
  for (const codegen::Gate& gate : library.gates) {
    const std::string name = "'" + gate.name + "'";
    if (!is_c_name(gate.name))
      return fail(Code::not_precompilable, {name, "in C or C++ this name is not free"});
    if (!seen.insert(gate.name).second)
      return fail(Code::not_precompilable, {name, "another function's relatives have this name"});
  }
  return {};
}

}  // namespace

Expected<Kind> find_kind(const std::string& name, const std::string& file) {
  if (name.empty() && is_named_as_module(file)) return Kind::python_module;
  const auto* found = std::ranges::find_if(kinds, [&](const KindName& kind) {
    return name.empty() ? file.ends_with(kind.suffix) : kind.name == name;
  });
  if (found != std::end(kinds)) return found->kind;
  if (name.empty()) return Kind::object;
  return fail(Code::unknown_kind, {"'" + name + "'", kind_names()});
}

std::string kind_names() {
  std::string names;
  for (const KindName& kind : kinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

std::string module_name(const std::string& file) {
  const std::string name = file.substr(file.rfind('/') + 1);
  return name.substr(0, name.find('.'));
}

Expected<Artifact> compile(std::span<const NamedFormula> formulas, const Order& order) {
  const bool python = order.kind == Kind::python_module;
  TRY(library, make_library(formulas, order.defaults, python));
  if (python) {
    TRY(module, make_module(formulas, order));
    library.module = std::move(module);
  } else {
    TRY_VOID(check(library));
    library.guard = guard_name(formulas);
  }
  TRY(bytes, codegen::compile_library(library, order.targets, form_of(order.kind)));
  TRY(packed, package(std::move(bytes), order));
  return Artifact{std::move(packed), python ? stub_text(formulas, order) : header_text(formulas, order)};
}

}  // namespace jitegral::aot
