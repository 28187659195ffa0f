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

// What serves one compilation at a time, and costs more to make than compiling a small kernel.
struct Machine {
  std::unique_ptr<llvm::TargetMachine> target;
  std::unique_ptr<Emission> objects;
};

class Compiler::Machines {
 public:
  explicit Machines(const Target& target) : target_(target) {}

  // Errors: E503.
  Expected<Machine> take() {
    {
      std::scoped_lock lock(mutex_);
      if (!free_.empty()) {
        Machine machine = std::move(free_.back());
        free_.pop_back();
        return machine;
      }
    }
    auto target = make_machine(target_);
    TRY(objects, Emission::make(*target, Form::object));
    return Machine{std::move(target), std::move(objects)};
  }

  void give_back(Machine machine) {
    std::scoped_lock lock(mutex_);
    free_.push_back(std::move(machine));
  }

 private:
  Target target_;
  std::mutex mutex_;
  std::vector<Machine> free_;
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
  TRY(machine, machines_->take());
  llvm::LLVMContext context;
  llvm::Module module("jitegral", context);
  module.setDataLayout(machine.target->createDataLayout());
  module.setTargetTriple(machine.target->getTargetTriple());
  std::set<std::string> exported;
  for (const Export& one : exports)
    for (Entry entry : one.entries) {
      emit_entry(module, one.source, one.name, entry, self_contained);
      exported.insert(symbol_of(one.name, entry));
    }
  TRY_VOID(link_vecmath(module, self_contained));
  adopt(module, target_, exported);
  optimize(module, *machine.target);
  auto bytes = form == Form::object ? machine.objects->run(module) : emit(module, *machine.target, form);
  machines_->give_back(std::move(machine));
  if (!bytes) return std::unexpected(bytes.error());
  return Object{std::move(*bytes)};
}

std::string symbol_of(const std::string& name, Entry entry) {
  if (entry == Entry::batch) return name + "_batch";
  return entry == Entry::grid ? name + "_grid" : name;
}

std::string outside_symbol(const Function& function) { return "jtn_" + std::string(function.name); }
std::string call_symbol(const Function& function) { return "jts_" + std::string(function.name) + "_at"; }

}  // namespace jitegral::codegen
