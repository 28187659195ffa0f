#include "codegen/body.h"

namespace jitegral::codegen {

using llvm::BasicBlock;
using llvm::Value;

Body::Body(llvm::Module& module, const std::string& name, llvm::Type* result,
           const std::vector<llvm::Type*>& arguments)
    : function(llvm::Function::Create(llvm::FunctionType::get(result, arguments, false),
                                      llvm::Function::ExternalLinkage, name, module)),
      builder(BasicBlock::Create(module.getContext(), "entry", function)),
      emitter(builder) {
  function->setDoesNotThrow();
}

Values Body::load_params(Value* address, const std::vector<Symbol>& params) {
  Values values;
  for (const Symbol& param : params)
    values.bind(param, emitter.splat(number_at(address, builder.getInt64(values.values.size()))));
  return values;
}

Value* Body::either(const Known& one, const Known& other) {
  llvm::PHINode* value = builder.CreatePHI(one.value->getType(), 2);
  value->addIncoming(one.value, one.end);
  value->addIncoming(other.value, other.end);
  return value;
}

Value* Body::vector_at(Value* address, Value* i) {
  return builder.CreateInBoundsGEP(emitter.vector_type(), address, i);
}

Value* Body::number_at(Value* address, Value* i) {
  return builder.CreateLoad(builder.getDoubleTy(),
                            builder.CreateInBoundsGEP(builder.getDoubleTy(), address, i));
}

Value* Body::memory(int numbers) {
  llvm::IRBuilder<> entry(&function->getEntryBlock(), function->getEntryBlock().begin());
  auto* allocated =
      entry.CreateAlloca(llvm::ArrayType::get(entry.getDoubleTy(), static_cast<std::uint64_t>(numbers)));
  allocated->setAlignment(llvm::Align(64));
  return allocated;
}

Loop::Loop(llvm::IRBuilder<>& builder, Value* count, std::int64_t step, std::vector<Value*> initial)
    : b_(builder),
      count_(count),
      step_(step),
      initial_(std::move(initial)),
      before_(b_.GetInsertBlock()),
      body_(BasicBlock::Create(b_.getContext(), "loop", before_->getParent())),
      after_(BasicBlock::Create(b_.getContext(), "done", before_->getParent())),
      may_be_empty_(!llvm::isa<llvm::ConstantInt>(count)) {
  if (may_be_empty_)
    b_.CreateCondBr(b_.CreateICmpSGT(count, b_.getInt64(0)), body_, after_);
  else
    b_.CreateBr(body_);
  b_.SetInsertPoint(body_);
  index_ = b_.CreatePHI(b_.getInt64Ty(), 2);
  index_->addIncoming(b_.getInt64(0), before_);
  for (Value* value : initial_) {
    carried_.push_back(b_.CreatePHI(value->getType(), 2));
    carried_.back()->addIncoming(value, before_);
  }
}

std::vector<Value*> Loop::close(const std::vector<Value*>& next) {
  BasicBlock* end = b_.GetInsertBlock();
  Value* following = b_.CreateAdd(index_, b_.getInt64(static_cast<std::uint64_t>(step_)));
  index_->addIncoming(following, end);
  b_.CreateCondBr(b_.CreateICmpSLT(following, count_), body_, after_);
  b_.SetInsertPoint(after_);
  std::vector<Value*> results;
  for (std::size_t i = 0; i < next.size(); ++i) {
    carried_[i]->addIncoming(next[i], end);
    llvm::PHINode* result = b_.CreatePHI(next[i]->getType(), 2);
    if (may_be_empty_) result->addIncoming(initial_[i], before_);
    result->addIncoming(next[i], end);
    results.push_back(result);
  }
  return results;
}

}  // namespace jitegral::codegen
