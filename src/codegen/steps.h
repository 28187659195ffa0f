// The steps from a module of entries to bytes, shared by the JIT and by precompiled objects. Private to
// codegen.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "codegen/compile.h"
#include "codegen/target.h"

namespace jitegral::codegen {

std::unique_ptr<llvm::TargetMachine> make_machine(const Target& target);

// E503.
std::unexpected<Diagnostic> compile_failed(llvm::Error error);

// Bitcode made by the build, as a module for the machine that `like` is for. Errors: E503.
Expected<std::unique_ptr<llvm::Module>> load_blob(const llvm::Module& like, std::string_view blob,
                                                  const std::string& name);

// Moves everything of `other` into `module`. Errors: E503.
Expected<void> link_module(llvm::Module& module, std::unique_ptr<llvm::Module> other);

// Bitcode made by the build becomes part of the module, as code for this machine. Errors: E503; E504 if both
// define a function.
Expected<void> link_blob(llvm::Module& module, const Target& target, std::string_view bitcode,
                         const std::string& name);

// Gives the module the vecmath bodies it calls; the rare slow paths too, if it is to stand alone. Errors:
// E503.
Expected<void> link_vecmath(llvm::Module& module, bool self_contained);

// Makes every function one for this machine, and internal unless it is exported; bodies from bitcode will
// disappear into the entries.
void adopt(llvm::Module& module, const Target& target, const std::set<std::string>& exported);

// Inlines and cleans up: the short pass list for straight-line kernels.
void optimize(llvm::Module& module, llvm::TargetMachine& machine);

// Drops what nobody refers to.
void drop_unused(llvm::Module& module);

// Machine code for one module after another. To set the passes up costs as much as to compile a small kernel,
// so they serve again.
class Emission {
 public:
  // Of objects or assembly. The machine stays. Errors: E503.
  static Expected<std::unique_ptr<Emission>> make(llvm::TargetMachine& machine, Form form);
  std::string run(llvm::Module& module);

 private:
  llvm::SmallVector<char, 0> bytes_;
  llvm::raw_svector_ostream stream_{bytes_};
  std::unique_ptr<llvm::legacy::PassManager> passes_;
};

// Errors: E503.
Expected<std::string> emit(llvm::Module& module, llvm::TargetMachine& machine, Form form);

}  // namespace jitegral::codegen
