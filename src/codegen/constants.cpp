#include "codegen/constants.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <map>
#include <vector>

namespace jitegral::codegen {
namespace {

class Pool {
 public:
  explicit Pool(llvm::Module& module) : module_(module) {}

  void serve(llvm::Instruction& instruction) {
    for (llvm::Use& use : instruction.operands()) {
      auto* constant = llvm::dyn_cast<llvm::Constant>(use.get());
      if (constant == nullptr || !is_wide_splat(*constant)) continue;
      llvm::IRBuilder<> b(&instruction);
      llvm::LoadInst* load = b.CreateAlignedLoad(constant->getType(), place(constant), llvm::Align(64));
      load->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(module_.getContext(), {}));
      use.set(load);
    }
  }

 private:
  // Zeros and all ones are made without memory.
  static bool is_wide_splat(const llvm::Constant& constant) {
    return constant.getType()->isVectorTy() && constant.getType()->getPrimitiveSizeInBits() == 512 &&
           constant.getSplatValue() != nullptr && !constant.isNullValue() && !constant.isAllOnesValue();
  }

  llvm::GlobalVariable* place(llvm::Constant* constant) {
    llvm::GlobalVariable*& known = places_[constant];
    if (known == nullptr) {
      known = new llvm::GlobalVariable(module_, constant->getType(), true, llvm::GlobalValue::PrivateLinkage,
                                       constant);
      known->setAlignment(llvm::Align(64));
      known->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
    }
    return known;
  }

  llvm::Module& module_;
  std::map<llvm::Constant*, llvm::GlobalVariable*> places_;
};

// What can read one operand from memory.
bool takes_memory(const llvm::Instruction& instruction) {
  if (const auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction))
    return call->getIntrinsicID() == llvm::Intrinsic::fma;
  return llvm::isa<llvm::BinaryOperator, llvm::CmpInst, llvm::SelectInst>(instruction);
}

}  // namespace

void keep_constants_in_memory(llvm::Module& module) {
  Pool pool(module);
  for (llvm::Function& function : module)
    for (llvm::BasicBlock& block : function)
      for (llvm::Instruction& instruction : llvm::make_early_inc_range(block))
        if (takes_memory(instruction)) pool.serve(instruction);
}

}  // namespace jitegral::codegen
