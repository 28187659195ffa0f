// Entry: Compiler::compile. Emit the entries, link in the vecmath bodies they call, inline, clean up, emit
// ELF.
#include "codegen/compile.h"

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <mutex>
#include <set>

#include "codegen/entries.h"
#include "codegen/llvm_setup.h"
#include "codegen/steps.h"
#include "expr/transform.h"

namespace jitegral::codegen {

// A TargetMachine serves one compilation at a time; making one costs more than compiling a small kernel.
class Compiler::Machines {
 public:
  explicit Machines(const Target& target) : target_(target) {}

  std::unique_ptr<llvm::TargetMachine> take() {
    {
      std::scoped_lock lock(mutex_);
      if (!free_.empty()) {
        auto machine = std::move(free_.back());
        free_.pop_back();
        return machine;
      }
    }
    return make_machine(target_);
  }

  void give_back(std::unique_ptr<llvm::TargetMachine> machine) {
    std::scoped_lock lock(mutex_);
    free_.push_back(std::move(machine));
  }

 private:
  Target target_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<llvm::TargetMachine>> free_;
};

Compiler::Compiler(Target target)
    : target_(std::move(target)), machines_(std::make_unique<Machines>(target_)) {
  initialize_llvm();
}

Compiler::~Compiler() = default;

Expected<Object> Compiler::compile(std::span<const Export> exports, bool self_contained, Form form) {
  for (const Export& one : exports)
    if (const std::size_t size = node_count(one.source.formula); size > largest_kernel)
      return fail(Code::formula_too_large, {std::to_string(size), std::to_string(largest_kernel)});
  auto machine = machines_->take();
  llvm::LLVMContext context;
  llvm::Module module("jitegral", context);
  module.setDataLayout(machine->createDataLayout());
  module.setTargetTriple(machine->getTargetTriple());
  std::set<std::string> exported;
  for (const Export& one : exports)
    for (Entry entry : one.entries) {
      emit_entry(module, target_, one.source, one.name, entry, self_contained);
      exported.insert(symbol_of(one.name, entry));
    }
  TRY_VOID(link_vecmath(module, self_contained));
  adopt(module, target_, exported);
  optimize(module, *machine);
  TRY(bytes, emit(module, *machine, form));
  machines_->give_back(std::move(machine));
  return Object{std::move(bytes)};
}

std::string symbol_of(const std::string& name, Entry entry) {
  if (entry == Entry::batch) return name + "_batch";
  return entry == Entry::grid ? name + "_grid" : name;
}

std::string outside_symbol(const Function& function) { return "jtn_" + std::string(function.name); }
std::string call_symbol(const Function& function) { return "jts_" + std::string(function.name) + "_at"; }

}  // namespace jitegral::codegen
