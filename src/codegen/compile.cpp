// Entry: Compiler::compile. Emit the entries, link in the vecmath bodies they call, inline, clean up, emit
// ELF.
#include "codegen/compile.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Linker/Linker.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>

#include <mutex>
#include <set>

#include "codegen/bitcode.h"
#include "codegen/entries.h"
#include "codegen/llvm_setup.h"
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
    return make();
  }

  void give_back(std::unique_ptr<llvm::TargetMachine> machine) {
    std::scoped_lock lock(mutex_);
    free_.push_back(std::move(machine));
  }

 private:
  std::unique_ptr<llvm::TargetMachine> make() const {
    std::string error;
    const llvm::Triple triple(target_.triple);
    const llvm::Target* found = llvm::TargetRegistry::lookupTarget(triple, error);
    llvm::TargetOptions options;
    options.AllowFPOpFusion = llvm::FPOpFusion::Strict;  // fma only where the formula's code says fma
    options.FunctionSections = false;
    return std::unique_ptr<llvm::TargetMachine>(
        found->createTargetMachine(triple, target_.cpu, target_.features, options, llvm::Reloc::PIC_,
                                   llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default));
  }

  Target target_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<llvm::TargetMachine>> free_;
};

namespace {

std::unexpected<Diagnostic> compile_failed(llvm::Error error) {
  return fail(Code::compile_failed, {llvm::toString(std::move(error))});
}

constexpr std::string_view body_prefix = "jtg_";
constexpr std::string_view cold_prefix = "jtg_cold_";

// A vecmath function that the module declares and shall define; empty if there is none left.
std::string missing_body(const llvm::Module& module, bool self_contained) {
  for (const llvm::Function& function : module) {
    const llvm::StringRef name = function.getName();
    if (!function.isDeclaration() || !name.starts_with(body_prefix)) continue;
    if (self_contained || !name.starts_with(cold_prefix)) return name.drop_front(body_prefix.size()).str();
  }
  return {};
}

Expected<void> link_body(llvm::Module& module, const std::string& name) {
  const std::string_view blob = vecmath_bitcode(name);
  auto body =
      llvm::parseBitcodeFile(llvm::MemoryBufferRef({blob.data(), blob.size()}, name), module.getContext());
  if (!body) return compile_failed(body.takeError());
  (*body)->setDataLayout(module.getDataLayout());
  (*body)->setTargetTriple(module.getTargetTriple());
  if (llvm::Linker::linkModules(module, std::move(*body)))
    return fail(Code::compile_failed, {"the body of " + name + " does not link"});
  return {};
}

Expected<void> link_vecmath(llvm::Module& module, bool self_contained) {
  for (std::string name = missing_body(module, self_contained); !name.empty();
       name = missing_body(module, self_contained))
    TRY_VOID(link_body(module, name));
  return {};
}

// Every function is compiled for the same machine; bodies from bitcode disappear into the entries.
void adopt(llvm::Module& module, const Target& target, const std::set<std::string>& exported) {
  for (llvm::Function& function : module) {
    if (function.isDeclaration()) continue;
    function.addFnAttr("target-cpu", target.cpu);
    function.addFnAttr("target-features", target.features);
    function.addFnAttr("prefer-vector-width", "512");
    function.addFnAttr("min-legal-vector-width", "512");
    function.removeFnAttr("tune-cpu");
    if (exported.contains(function.getName().str())) continue;
    function.setLinkage(llvm::GlobalValue::InternalLinkage);
    const bool cold = function.getName().starts_with(cold_prefix);
    if (!cold && function.getName().starts_with(body_prefix))
      function.addFnAttr(llvm::Attribute::AlwaysInline);
  }
}

void optimize(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::PassBuilder passes(&machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager call_graphs;
  llvm::ModuleAnalysisManager modules;
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(call_graphs);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, call_graphs, modules);
  llvm::ModulePassManager order;
  order.addPass(llvm::AlwaysInlinerPass(false));
  llvm::FunctionPassManager cleanup;
  cleanup.addPass(llvm::EarlyCSEPass());
  cleanup.addPass(llvm::InstCombinePass());
  order.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(cleanup)));
  order.run(module, modules);
}

Expected<Object> emit_bytes(llvm::Module& module, llvm::TargetMachine& machine, Form form) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  if (form == Form::ir) {
    module.print(stream, nullptr);
    return Object{std::string(bytes.data(), bytes.size())};
  }
  const bool text = form == Form::assembly;
  if (text) machine.Options.MCOptions.AsmVerbose = true;
  llvm::legacy::PassManager emission;
  if (machine.addPassesToEmitFile(
          emission, stream, nullptr,
          text ? llvm::CodeGenFileType::AssemblyFile : llvm::CodeGenFileType::ObjectFile,
          /*DisableVerify=*/true))
    return fail(Code::compile_failed, {"this target cannot make objects"});
  emission.run(module);
  return Object{std::string(bytes.data(), bytes.size())};
}

std::string exported_name(const std::string& name, Entry entry) {
  if (entry == Entry::batch) return name + "_batch";
  return entry == Entry::grid ? name + "_grid" : name;
}

}  // namespace

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
      emit_entry(module, one.source, one.name, entry);
      exported.insert(exported_name(one.name, entry));
    }
  TRY_VOID(link_vecmath(module, self_contained));
  adopt(module, target_, exported);
  optimize(module, *machine);
  TRY(object, emit_bytes(module, *machine, form));
  machines_->give_back(std::move(machine));
  return object;
}

std::string call_symbol(const Function& function) { return "jts_" + std::string(function.name) + "_at"; }

}  // namespace jitegral::codegen
