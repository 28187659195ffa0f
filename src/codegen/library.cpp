#include "codegen/library.h"

#include <llvm/IR/Constants.h>
#include <llvm/TargetParser/Triple.h>

#include <set>

#include "codegen/bitcode.h"
#include "codegen/entries.h"
#include "codegen/gates.h"
#include "codegen/link_special.h"
#include "codegen/llvm_setup.h"
#include "codegen/needs.h"
#include "codegen/steps.h"
#include "expr/transform.h"

namespace jitegral::codegen {
namespace {

using ModulePointer = std::unique_ptr<llvm::Module>;

ModulePointer new_module(llvm::LLVMContext& context, const llvm::TargetMachine& machine) {
  auto module = std::make_unique<llvm::Module>("jitegral", context);
  module->setDataLayout(machine.createDataLayout());
  module->setTargetTriple(machine.getTargetTriple());
  return module;
}

Expected<void> check_sizes(const Library& library) {
  std::vector<Expr> formulas;
  for (const Export& kernel : library.kernels) formulas.push_back(kernel.source.formula);
  for (const PointFunction& point : library.points) formulas.push_back(point.formula);
  for (const Expr& formula : formulas)
    if (const std::size_t size = node_count(formula); size > largest_kernel)
      return fail(Code::formula_too_large, {std::to_string(size), std::to_string(largest_kernel)});
  return {};
}

// What a gate is called in the version with this number; its own name if there is nothing to choose.
using Naming = std::string (*)(const Gate& gate, std::size_t version);

std::string own_name(const Gate& gate, std::size_t) { return gate.name; }
std::string version_name(const Gate& gate, std::size_t version) {
  return gate.name + ".version" + std::to_string(version);
}

Expected<ModulePointer> make_version(const Library& library, const Target& target, std::size_t number,
                                     Naming naming, llvm::LLVMContext& context) {
  const auto machine = make_machine(target);
  ModulePointer module = new_module(context, *machine);
  for (const Export& kernel : library.kernels)
    for (Entry entry : kernel.entries) emit_entry(*module, kernel.source, kernel.name, entry, true);
  for (const PointFunction& point : library.points) emit_point(*module, point);
  emit_tables(*module, library.tables);
  std::set<std::string> visible;
  for (const Gate& gate : library.gates) {
    const std::string name = naming(gate, number);
    if (gate.role == Role::formula)
      module->getFunction(gate.table)->setName(name);
    else if (gate.role != Role::cpu)
      emit_gate(*module, gate, name);
    visible.insert(name);
  }
  TRY_VOID(link_vecmath(*module, true));
  adopt(*module, target, visible);
  optimize(*module, *machine);
  return module;
}

Expected<void> link_runtime(llvm::Module& module, const Library& library, const Target& target, bool choose) {
  if (library.module) TRY_VOID(link_blob(module, target, python_bitcode(), "python_module"));
  if (choose) TRY_VOID(link_blob(module, target, processor_bitcode(), "processor"));
  return link_blob(module, target, runtime_bitcode(), "runtime");
}

std::set<std::string> visible_names(const Library& library) {
  if (library.module) return {library.module->entrance};
  std::set<std::string> names{library.guard};
  for (const Gate& gate : library.gates) names.insert(gate.name);
  return names;
}

// Only what is exported stays visible.
void hide(llvm::Module& module, const Library& library) {
  const std::set<std::string> visible = visible_names(library);
  for (llvm::GlobalObject& object : module.global_objects()) object.setComdat(nullptr);
  for (llvm::GlobalValue& value : module.global_values()) {
    if (value.isDeclaration()) continue;
    if (!visible.contains(value.getName().str())) value.setLinkage(llvm::GlobalValue::InternalLinkage);
    value.setVisibility(llvm::GlobalValue::DefaultVisibility);
  }
}

void emit_guard(llvm::Module& module, const std::string& name) {
  auto* type = llvm::Type::getInt8Ty(module.getContext());
  module.getOrInsertGlobal(name, type, [&] {
    return new llvm::GlobalVariable(module, type, true, llvm::GlobalValue::ExternalLinkage,
                                    llvm::ConstantInt::get(type, 1), name);
  });
}

bool must_choose(std::span<const Target> targets, const std::vector<Need>& needs) {
  return targets.size() > 1 || !needs.empty();
}

// What every target has: code outside of the versions runs everywhere.
Target common_target(const Target& target) {
  Target common = target;
  common.cpu = baseline_cpu(target);
  common.features.clear();
  return common;
}

Expected<void> link_versions(llvm::Module& module, const Library& library, std::span<const Target> targets,
                             Naming naming) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    TRY(version, make_version(library, targets[i], i, naming, module.getContext()));
    TRY_VOID(link_module(module, std::move(version)));
  }
  return {};
}

Expected<void> emit_choice(llvm::Module& module, const Library& library, std::span<const Target> targets) {
  TRY(tables, version_tables(targets));
  emit_tables(module, tables);
  for (const Gate& gate : library.gates) {
    std::vector<std::string> versions;
    for (std::size_t i = 0; i < targets.size(); ++i) versions.push_back(version_name(gate, i));
    emit_dispatch(module, gate, versions);
  }
  return {};
}

}  // namespace

Expected<std::string> compile_library(const Library& library, std::span<const Target> targets, Form form) {
  initialize_llvm();
  TRY_VOID(check_sizes(library));
  if (targets.size() > 1 && !llvm::Triple(targets[0].triple).isX86())
    return fail(Code::not_precompilable, {"this", "on " + targets[0].triple + " code is for one cpu"});
  TRY(needs, needs_of(targets[0]));
  const bool choose = must_choose(targets, needs);
  const Target common = choose ? common_target(targets[0]) : targets[0];
  llvm::LLVMContext context;
  const auto machine = make_machine(common);
  ModulePointer module = new_module(context, *machine);
  TRY_VOID(link_versions(*module, library, targets, choose ? version_name : own_name));
  if (choose) TRY_VOID(emit_choice(*module, library, targets));
  if (!choose)
    for (const Gate& gate : library.gates)
      if (gate.role == Role::cpu) emit_only_version(*module, gate, common.cpu);
  if (library.module)
    emit_module(*module, *library.module);
  else
    emit_guard(*module, library.guard);
  TRY_VOID(link_special(*module, common));
  TRY_VOID(link_runtime(*module, library, common, choose));
  hide(*module, library);
  drop_unused(*module);
  TRY_VOID(check_special(*module));
  return emit(*module, *machine, form);
}

}  // namespace jitegral::codegen
