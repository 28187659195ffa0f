#include "codegen/target.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "codegen/llvm_setup.h"

namespace jitegral::codegen {
namespace {

std::string host_features() {
  std::vector<std::string> features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures())
    features.push_back((feature.second ? "+" : "-") + feature.first().str());
  std::ranges::sort(features);
  return llvm::join(features, ",");
}

std::unique_ptr<llvm::MCSubtargetInfo> subtarget(const Target& target) {
  std::string error;
  const llvm::Triple triple(target.triple);
  const llvm::Target* found = llvm::TargetRegistry::lookupTarget(triple, error);
  return std::unique_ptr<llvm::MCSubtargetInfo>(
      found->createMCSubtargetInfo(triple, target.cpu, target.features));
}

int lanes(const llvm::MCSubtargetInfo& machine) {
  if (!machine.getTargetTriple().isX86()) return 2;
  if (machine.checkFeatures("+avx512f")) return 8;
  return machine.checkFeatures("+avx") ? 4 : 2;
}

}  // namespace

std::string Target::to_text() const { return triple + ", " + cpu + ", " + std::to_string(lanes) + " lanes"; }

bool is_native(std::string_view triple) { return triple == llvm::sys::getProcessTriple(); }

Expected<Target> make_target(std::string_view cpu) { return make_target({}, cpu); }

Expected<Target> make_target(std::string_view triple, std::string_view cpu) {
  initialize_llvm();
  Target target{.triple = triple.empty() ? llvm::sys::getProcessTriple() : std::string(triple),
                .cpu = std::string(cpu)};
  std::string unknown;
  if (llvm::TargetRegistry::lookupTarget(llvm::Triple(target.triple), unknown) == nullptr)
    return fail(Code::unknown_target, {"'" + target.triple + "'"});
  if (cpu.empty()) target.cpu = "generic";
  if (cpu == "native" && is_native(target.triple)) {
    target.cpu = llvm::sys::getHostCPUName().str();
    target.features = host_features();
  }
  const auto baseline = subtarget(Target{.triple = target.triple, .cpu = "generic"});
  if (!baseline->isCPUStringValid(target.cpu)) {
    auto failure = fail(Code::unknown_cpu, {"'" + target.cpu + "'"});
    if (llvm::Triple(target.triple).isX86())
      failure.error().notes.emplace_back("usual ones are native, x86-64, x86-64-v2, x86-64-v3 and x86-64-v4");
    return failure;
  }
  const auto machine = subtarget(target);
  target.lanes = lanes(*machine);
  return target;
}

Expected<void> check_runs_here(const Target& target) {
  const auto wanted = subtarget(target);
  for (const auto& feature : llvm::sys::getHostCPUFeatures())
    if (!feature.second && wanted->checkFeatures("+" + feature.first().str()))
      return fail(Code::cpu_not_runnable,
                  {"'" + target.cpu + "' (" + feature.first().str() + " is missing)"});
  return {};
}

}  // namespace jitegral::codegen
