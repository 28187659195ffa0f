#include "codegen/steps.h"

#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/BasicAliasAnalysis.h>
#include <llvm/Analysis/ProfileSummaryInfo.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Linker/Linker.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>

#include "codegen/bitcode.h"
#include "codegen/constants.h"

namespace jitegral::codegen {
namespace {

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
  TRY(body, load_blob(module, vecmath_bitcode(name), name));
  return link_module(module, std::move(body));
}

// What our few passes ask for. PassBuilder knows all of LLVM's: it takes longer to set up than these passes
// run, and brings every pass there is into the program.
void run(llvm::ModulePassManager order, llvm::Module& module, llvm::TargetMachine* machine) {
  llvm::FunctionAnalysisManager functions;
  llvm::ModuleAnalysisManager modules;
  functions.registerPass([] { return llvm::PassInstrumentationAnalysis(); });
  functions.registerPass(
      [&] { return machine != nullptr ? machine->getTargetIRAnalysis() : llvm::TargetIRAnalysis(); });
  functions.registerPass(
      [&] { return llvm::TargetLibraryAnalysis(llvm::TargetLibraryInfoImpl(module.getTargetTriple())); });
  functions.registerPass([] { return llvm::AssumptionAnalysis(); });
  functions.registerPass([] { return llvm::DominatorTreeAnalysis(); });
  functions.registerPass([] { return llvm::BasicAA(); });
  functions.registerPass([] {
    llvm::AAManager aliases;
    aliases.registerFunctionAnalysis<llvm::BasicAA>();
    return aliases;
  });
  functions.registerPass([&] { return llvm::ModuleAnalysisManagerFunctionProxy(modules); });
  modules.registerPass([] { return llvm::PassInstrumentationAnalysis(); });
  modules.registerPass([] { return llvm::ProfileSummaryAnalysis(); });
  modules.registerPass([&] { return llvm::FunctionAnalysisManagerModuleProxy(functions); });
  order.run(module, modules);
}

// Sixteen, for vectors that take two each: constants are better off in memory.
bool has_few_registers(const llvm::TargetMachine& machine) {
  return machine.getTargetTriple().isX86() && machine.getMCSubtargetInfo()->checkFeatures("+avx2,-avx512f");
}

// Without hoisting out of loops: what it hoists are constants, which are spilled then. Looking for them takes
// a fifth of the time that all passes take.
class PassesWithoutHoisting final : public llvm::legacy::PassManager {
 public:
  void add(llvm::Pass* pass) override {
    std::unique_ptr<llvm::Pass> owned(pass);
    const llvm::AnalysisID id = pass->getPassID();
    if (id != &llvm::EarlyMachineLICMID && id != &llvm::MachineLICMID) PassManager::add(owned.release());
  }
};

}  // namespace

std::unexpected<Diagnostic> compile_failed(llvm::Error error) {
  return fail(Code::compile_failed, {llvm::toString(std::move(error))});
}

std::unique_ptr<llvm::TargetMachine> make_machine(const Target& target) {
  std::string error;
  const llvm::Triple triple(target.triple);
  const llvm::Target* found = llvm::TargetRegistry::lookupTarget(triple, error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;  // fma only where the formula's code says fma
  options.FunctionSections = false;
  return std::unique_ptr<llvm::TargetMachine>(
      found->createTargetMachine(triple, target.cpu, target.features, options, llvm::Reloc::PIC_,
                                 llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default));
}

Expected<std::unique_ptr<llvm::Module>> load_blob(const llvm::Module& like, std::string_view blob,
                                                  const std::string& name) {
  auto body =
      llvm::parseBitcodeFile(llvm::MemoryBufferRef({blob.data(), blob.size()}, name), like.getContext());
  if (!body) return compile_failed(body.takeError());
  (*body)->setDataLayout(like.getDataLayout());
  (*body)->setTargetTriple(like.getTargetTriple());
  return std::move(*body);
}

Expected<void> link_module(llvm::Module& module, std::unique_ptr<llvm::Module> other) {
  const std::string name = other->getModuleIdentifier();
  if (llvm::Linker::linkModules(module, std::move(other)))
    return fail(Code::compile_failed, {name + " does not link"});
  return {};
}

Expected<void> link_blob(llvm::Module& module, const Target& target, std::string_view bitcode,
                         const std::string& name) {
  TRY(blob, load_blob(module, bitcode, name));
  // Runs functions before main, but only to look at its own constants early.
  if (llvm::GlobalVariable* early = blob->getNamedGlobal("llvm.global_ctors")) early->eraseFromParent();
  std::set<std::string> all;
  for (const llvm::Function& function : *blob) {
    const std::string called = function.getName().str();
    if (const llvm::Function* own = module.getFunction(called); own != nullptr && !own->isDeclaration())
      return fail(Code::not_precompilable, {"'" + called + "'", "in C or C++ this name is not free"});
    all.insert(called);
  }
  adopt(*blob, target, all);
  return link_module(module, std::move(blob));
}

Expected<void> link_vecmath(llvm::Module& module, bool self_contained) {
  for (std::string name = missing_body(module, self_contained); !name.empty();
       name = missing_body(module, self_contained))
    TRY_VOID(link_body(module, name));
  return {};
}

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
  llvm::ModulePassManager order;
  order.addPass(llvm::AlwaysInlinerPass(false));
  llvm::FunctionPassManager cleanup;
  // InstCombine must not join them: it makes min(min(x, 6), 6) one minimum, and LLVM 22 forgets there which
  // of the two let a NaN through.
  cleanup.addPass(llvm::EarlyCSEPass());
  order.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(cleanup)));
  run(std::move(order), module, &machine);
  if (has_few_registers(machine)) keep_constants_in_memory(module);
}

void drop_unused(llvm::Module& module) {
  llvm::ModulePassManager order;
  order.addPass(llvm::GlobalDCEPass());
  run(std::move(order), module, nullptr);
}

Expected<std::unique_ptr<Emission>> Emission::make(llvm::TargetMachine& machine, Form form) {
  auto emission = std::make_unique<Emission>();
  const auto kind =
      form == Form::object ? llvm::CodeGenFileType::ObjectFile : llvm::CodeGenFileType::AssemblyFile;
  machine.Options.MCOptions.AsmVerbose = form == Form::assembly;
  emission->passes_ = has_few_registers(machine) ? std::make_unique<PassesWithoutHoisting>()
                                                 : std::make_unique<llvm::legacy::PassManager>();
  if (machine.addPassesToEmitFile(*emission->passes_, emission->stream_, nullptr, kind,
                                  /*DisableVerify=*/true))
    return fail(Code::compile_failed, {"this target cannot make objects"});
  return emission;
}

std::string Emission::run(llvm::Module& module) {
  bytes_.clear();
  passes_->run(module);
  return {bytes_.data(), bytes_.size()};
}

Expected<std::string> emit(llvm::Module& module, llvm::TargetMachine& machine, Form form) {
  if (form == Form::object || form == Form::assembly) {
    TRY(emission, Emission::make(machine, form));
    return emission->run(module);
  }
  std::string bytes;
  llvm::raw_string_ostream text(bytes);
  if (form == Form::ir)
    module.print(text, nullptr);
  else
    llvm::WriteBitcodeToFile(module, text);
  return bytes;
}

}  // namespace jitegral::codegen
