#include "codegen/link_special.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>

#include <vector>

#include "codegen/bitcode.h"
#include "codegen/steps.h"

namespace jitegral::codegen {
namespace {

constexpr llvm::StringRef prefix = "jts_";
constexpr llvm::StringRef suffix = "_at";

// jts_NAME_at functions that kernels call and nobody defines.
std::vector<llvm::Function*> missing(llvm::Module& module) {
  std::vector<llvm::Function*> found;
  for (llvm::Function& function : module)
    if (function.isDeclaration() && function.getName().starts_with(prefix) &&
        function.getName().ends_with(suffix))
      found.push_back(&function);
  return found;
}

// jts_NAME_at(arguments) is jts_NAME(arguments[0], …).
void define(llvm::Function& at) {
  llvm::Function* special = at.getParent()->getFunction(at.getName().drop_back(suffix.size()));
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(at.getContext(), "entry", &at));
  std::vector<llvm::Value*> arguments;
  for (unsigned i = 0; i < special->arg_size(); ++i)
    arguments.push_back(
        b.CreateLoad(b.getDoubleTy(), b.CreateConstInBoundsGEP1_32(b.getDoubleTy(), at.getArg(0), i)));
  b.CreateRet(b.CreateCall(special, arguments));
}

bool computes_in_80_bits(const llvm::Function& function) {
  for (const llvm::Instruction& one : llvm::instructions(function)) {
    if (one.getType()->isX86_FP80Ty()) return true;
    for (const llvm::Value* operand : one.operand_values())
      if (operand->getType()->isX86_FP80Ty()) return true;
  }
  return false;
}

}  // namespace

Expected<void> link_special(llvm::Module& module, const Target& target) {
  const std::vector<llvm::Function*> wanted = missing(module);
  if (wanted.empty()) return {};
  TRY_VOID(link_blob(module, target, special_bitcode(), "special"));
  for (llvm::Function* at : wanted) define(*at);
  return {};
}

Expected<void> check_special(const llvm::Module& module) {
  if (module.getTargetTriple().isX86()) return {};
  for (const llvm::Function& function : module)
    if (computes_in_80_bits(function))
      return fail(Code::not_precompilable,
                  {"this", "a special function in it computes with the 80-bit numbers of x86"});
  return {};
}

}  // namespace jitegral::codegen
