#include "codegen/emit.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>

#include "codegen/compile.h"
#include "expr/fold.h"

namespace jitegral::codegen {

using llvm::Value;

Emitter::Emitter(llvm::IRBuilder<>& builder)
    : builder_(builder), vector_(llvm::FixedVectorType::get(builder.getDoubleTy(), vector_width)) {}

Value* Emitter::splat(Value* scalar) { return builder_.CreateVectorSplat(vector_width, scalar); }

Value* Emitter::constant(double value) { return llvm::ConstantFP::get(vector_, value); }

Value* Emitter::formula(const Expr& formula, std::span<const Symbol> symbols,
                        std::span<Value* const> values) {
  return fold<Value*>(formula, [&](const Node& node, std::span<Value* const> arguments) -> Value* {
    if (node.kind == ExprKind::number) return constant(node.value);
    if (node.kind == ExprKind::apply) return apply(*node.function, arguments);
    const auto found = std::ranges::find(symbols, node.symbol);
    return values[static_cast<std::size_t>(found - symbols.begin())];
  });
}

Value* Emitter::apply(const Function& function, std::span<Value* const> a) {
  switch (function.lowering) {
    case Lowering::instruction:
      return instruction(function.instruction, a);
    case Lowering::vecmath:
      return vecmath_call(function, a);
    case Lowering::call:
      return scalar_calls(function, a);
    case Lowering::expansion:  // gone since the formula was built
    case Lowering::host:       // evaluated in columns instead
      break;
  }
  llvm_unreachable("this row does not reach code generation");
}

Value* Emitter::vecmath_call(const Function& function, std::span<Value* const> a) {
  llvm::Module& module = *builder_.GetInsertBlock()->getModule();
  const std::vector<llvm::Type*> types(a.size(), vector_);
  auto callee = module.getOrInsertFunction("jtg_" + std::string(function.name),
                                           llvm::FunctionType::get(vector_, types, false));
  llvm::CallInst* call = builder_.CreateCall(callee, {a.data(), a.size()});
  if (!inlined_) call->addFnAttr(llvm::Attribute::NoInline);
  return call;
}

// Point by point, the arguments through memory, so that one signature serves every row.
Value* Emitter::scalar_calls(const Function& function, std::span<Value* const> a) {
  llvm::BasicBlock* block = builder_.GetInsertBlock();
  auto callee = block->getModule()->getOrInsertFunction(
      call_symbol(function), llvm::FunctionType::get(builder_.getDoubleTy(), {builder_.getPtrTy()}, false));
  llvm::IRBuilder<> entry(&block->getParent()->getEntryBlock(), block->getParent()->getEntryBlock().begin());
  Value* memory = entry.CreateAlloca(llvm::ArrayType::get(builder_.getDoubleTy(), a.size()));
  Value* result = llvm::PoisonValue::get(vector_);
  for (unsigned lane = 0; lane < vector_width; ++lane) {
    for (unsigned i = 0; i < a.size(); ++i)
      builder_.CreateStore(builder_.CreateExtractElement(a[i], lane),
                           builder_.CreateConstInBoundsGEP1_32(builder_.getDoubleTy(), memory, i));
    result = builder_.CreateInsertElement(result, builder_.CreateCall(callee, {memory}), lane);
  }
  return result;
}

Value* Emitter::is_true(Value* value) { return builder_.CreateFCmpUNE(value, constant(0)); }

Value* Emitter::truth(Value* mask) { return builder_.CreateUIToFP(mask, vector_); }

Value* Emitter::compare(llvm::CmpInst::Predicate predicate, std::span<Value* const> a) {
  return truth(builder_.CreateFCmp(predicate, a[0], a[1]));
}

Value* Emitter::instruction(Instruction instruction, std::span<Value* const> a) {
  using P = llvm::CmpInst;
  namespace intrinsic = llvm::Intrinsic;
  auto& b = builder_;
  switch (instruction) {
    case Instruction::add:
      return b.CreateFAdd(a[0], a[1]);
    case Instruction::subtract:
      return b.CreateFSub(a[0], a[1]);
    case Instruction::multiply:
      return b.CreateFMul(a[0], a[1]);
    case Instruction::divide:
      return b.CreateFDiv(a[0], a[1]);
    case Instruction::negate:
      return b.CreateFNeg(a[0]);
    case Instruction::less:
      return compare(P::FCMP_OLT, a);
    case Instruction::less_equal:
      return compare(P::FCMP_OLE, a);
    case Instruction::equal:
      return compare(P::FCMP_OEQ, a);
    case Instruction::not_equal:
      return compare(P::FCMP_UNE, a);
    case Instruction::greater_equal:
      return compare(P::FCMP_OGE, a);
    case Instruction::greater:
      return compare(P::FCMP_OGT, a);
    case Instruction::logical_and:
      return truth(b.CreateAnd(is_true(a[0]), is_true(a[1])));
    case Instruction::logical_or:
      return truth(b.CreateOr(is_true(a[0]), is_true(a[1])));
    case Instruction::logical_not:
      return truth(b.CreateNot(is_true(a[0])));
    case Instruction::select:
      return b.CreateSelect(is_true(a[0]), a[1], a[2]);
    case Instruction::absolute:
      return b.CreateUnaryIntrinsic(intrinsic::fabs, a[0]);
    case Instruction::square_root:
      return b.CreateUnaryIntrinsic(intrinsic::sqrt, a[0]);
    case Instruction::floor:
      return b.CreateUnaryIntrinsic(intrinsic::floor, a[0]);
    case Instruction::ceiling:
      return b.CreateUnaryIntrinsic(intrinsic::ceil, a[0]);
    case Instruction::truncate:
      return b.CreateUnaryIntrinsic(intrinsic::trunc, a[0]);
    case Instruction::round:
      return b.CreateUnaryIntrinsic(intrinsic::rint, a[0]);
    case Instruction::none:
      break;
  }
  llvm_unreachable("a row without a lowering");
}

}  // namespace jitegral::codegen
