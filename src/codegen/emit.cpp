#include "codegen/emit.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>

#include "codegen/compile.h"
#include "expr/fold.h"

namespace jitegral::codegen {

using llvm::Value;

namespace {

std::size_t index_of(const Symbol& symbol, std::span<const Symbol> symbols) {
  return static_cast<std::size_t>(std::ranges::find(symbols, symbol) - symbols.begin());
}

}  // namespace

Emitter::Emitter(llvm::IRBuilder<>& builder)
    : builder_(builder), vector_(llvm::FixedVectorType::get(builder.getDoubleTy(), vector_width)) {}

Value* Emitter::splat(Value* scalar) { return builder_.CreateVectorSplat(vector_width, scalar); }

Value* Emitter::constant(double value) { return llvm::ConstantFP::get(vector_, value); }

Value* Emitter::formula(const Expr& formula, std::span<const Symbol> symbols,
                        std::span<Value* const> values) {
  return formulas({&formula, 1}, symbols, values)[0];
}

std::vector<Value*> Emitter::formulas(std::span<const Expr> formulas, std::span<const Symbol> symbols,
                                      std::span<Value* const> values) {
  NodeTable<Value*> done;
  std::vector<Value*> results;
  for (const Expr& formula : formulas)
    results.push_back(fold<Value*>(formula, [&](const Node& node, std::span<Value* const> arguments) {
      if (Value* const* known = done.find(&node)) return *known;
      Value* value = node.kind == ExprKind::number  ? constant(node.value)
                     : node.kind == ExprKind::apply ? apply(*node.function, arguments)
                                                    : values[index_of(node.symbol, symbols)];
      done.insert(&node, value);
      return value;
    }));
  return results;
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
  if (bodies_ == Bodies::outside) return outside_call(function, a);
  llvm::Module& module = *builder_.GetInsertBlock()->getModule();
  const std::vector<llvm::Type*> types(a.size(), vector_);
  auto callee = module.getOrInsertFunction("jtg_" + std::string(function.name),
                                           llvm::FunctionType::get(vector_, types, false));
  llvm::CallInst* call = builder_.CreateCall(callee, {a.data(), a.size()});
  if (bodies_ == Bodies::linked) call->addFnAttr(llvm::Attribute::NoInline);
  return call;
}

Value* Emitter::memory(llvm::Type* type) {
  llvm::BasicBlock& entry = builder_.GetInsertBlock()->getParent()->getEntryBlock();
  return llvm::IRBuilder<>(&entry, entry.begin()).CreateAlloca(type);
}

// As a block of one vector: see vecmath/vecmath.h.
Value* Emitter::outside_call(const Function& function, std::span<Value* const> a) {
  auto& b = builder_;
  auto* pointer = b.getPtrTy();
  auto callee = b.GetInsertBlock()->getModule()->getOrInsertFunction(
      outside_symbol(function),
      llvm::FunctionType::get(b.getVoidTy(), {pointer, pointer, b.getInt64Ty()}, false));
  Value* addresses = memory(llvm::ArrayType::get(pointer, a.size()));
  Value* result = memory(vector_);
  for (unsigned i = 0; i < a.size(); ++i) {
    Value* argument = memory(vector_);
    b.CreateStore(a[i], argument);
    b.CreateStore(argument, b.CreateConstInBoundsGEP1_32(pointer, addresses, i));
  }
  b.CreateCall(callee, {addresses, result, b.getInt64(1)});
  return b.CreateLoad(vector_, result);
}

Value* Emitter::cold_call(const std::string& name, std::span<Value* const> a) {
  auto& b = builder_;
  auto callee = b.GetInsertBlock()->getModule()->getOrInsertFunction(
      "jtg_cold_" + name, llvm::FunctionType::get(b.getVoidTy(), {b.getPtrTy(), b.getPtrTy()}, false));
  Value* arguments = memory(llvm::ArrayType::get(vector_, a.size()));
  Value* result = memory(vector_);
  for (unsigned i = 0; i < a.size(); ++i)
    b.CreateStore(a[i], b.CreateConstInBoundsGEP1_32(vector_, arguments, i));
  b.CreateCall(callee, {arguments, result});
  return b.CreateLoad(b.getDoubleTy(), result);
}

// Point by point, the arguments through memory, so that one signature serves every row.
Value* Emitter::scalar_calls(const Function& function, std::span<Value* const> a) {
  auto callee = builder_.GetInsertBlock()->getModule()->getOrInsertFunction(
      call_symbol(function), llvm::FunctionType::get(builder_.getDoubleTy(), {builder_.getPtrTy()}, false));
  Value* arguments = memory(llvm::ArrayType::get(builder_.getDoubleTy(), a.size()));
  Value* result = llvm::PoisonValue::get(vector_);
  for (unsigned lane = 0; lane < vector_width; ++lane) {
    for (unsigned i = 0; i < a.size(); ++i)
      builder_.CreateStore(builder_.CreateExtractElement(a[i], lane),
                           builder_.CreateConstInBoundsGEP1_32(builder_.getDoubleTy(), arguments, i));
    result = builder_.CreateInsertElement(result, builder_.CreateCall(callee, {arguments}), lane);
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
