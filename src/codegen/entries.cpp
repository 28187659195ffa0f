#include "codegen/entries.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <vector>

#include "codegen/emit.h"

namespace jitegral::codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// One function under construction: its builder, the formula's symbols and their values.
struct Body {
  llvm::Function* function;
  llvm::IRBuilder<> builder;
  Emitter emitter;
  std::vector<Symbol> symbols;

  Body(llvm::Module& module, const KernelSource& source, const std::string& name, llvm::Type* result,
       const std::vector<llvm::Type*>& arguments)
      : function(llvm::Function::Create(llvm::FunctionType::get(result, arguments, false),
                                        llvm::Function::ExternalLinkage, name, module)),
        builder(BasicBlock::Create(module.getContext(), "entry", function)),
        emitter(builder),
        symbols(source.axes) {
    function->setDoesNotThrow();
    symbols.insert(symbols.end(), source.params.begin(), source.params.end());
  }

  Value* argument(unsigned i) { return function->getArg(i); }

  // values for the parameters, each the same in all lanes
  std::vector<Value*> broadcast_params(Value* params, std::size_t count) {
    std::vector<Value*> values;
    for (unsigned i = 0; i < count; ++i) {
      Value* address = builder.CreateConstInBoundsGEP1_32(builder.getDoubleTy(), params, i);
      values.push_back(emitter.splat(builder.CreateLoad(builder.getDoubleTy(), address)));
    }
    return values;
  }

  Value* formula(const Expr& expr, std::vector<Value*> axes, const std::vector<Value*>& params) {
    axes.insert(axes.end(), params.begin(), params.end());
    return emitter.formula(expr, symbols, axes);
  }
};

// for (i = 0; i < count; i += step) with loop-carried values.
struct Loop {
  llvm::IRBuilder<>& b;
  BasicBlock* before;
  BasicBlock* body;
  BasicBlock* after;
  llvm::PHINode* index;
  std::vector<llvm::PHINode*> carried;

  Loop(llvm::IRBuilder<>& builder, Value* count, const std::vector<Value*>& initial)
      : b(builder),
        before(b.GetInsertBlock()),
        body(BasicBlock::Create(b.getContext(), "loop", before->getParent())),
        after(BasicBlock::Create(b.getContext(), "done", before->getParent())) {
    b.CreateCondBr(b.CreateICmpSGT(count, b.getInt64(0)), body, after);
    b.SetInsertPoint(body);
    index = b.CreatePHI(b.getInt64Ty(), 2);
    index->addIncoming(b.getInt64(0), before);
    for (Value* value : initial) {
      carried.push_back(b.CreatePHI(value->getType(), 2));
      carried.back()->addIncoming(value, before);
    }
  }

  // Ends the body; returns the carried values as they are after the loop.
  std::vector<Value*> close(Value* count, std::int64_t step, const std::vector<Value*>& next) {
    BasicBlock* end = b.GetInsertBlock();
    Value* following = b.CreateAdd(index, b.getInt64(static_cast<std::uint64_t>(step)));
    index->addIncoming(following, end);
    b.CreateCondBr(b.CreateICmpSLT(following, count), body, after);
    b.SetInsertPoint(after);
    std::vector<Value*> results;
    for (std::size_t i = 0; i < next.size(); ++i) {
      carried[i]->addIncoming(next[i], end);
      llvm::PHINode* result = b.CreatePHI(next[i]->getType(), 2);
      result->addIncoming(carried[i]->getIncomingValueForBlock(before), before);
      result->addIncoming(next[i], end);
      results.push_back(result);
    }
    return results;
  }
};

Value* load_vector(Body& body, Value* base, Value* index) {
  auto& b = body.builder;
  return b.CreateAlignedLoad(body.emitter.vector_type(), b.CreateInBoundsGEP(b.getDoubleTy(), base, index),
                             llvm::Align(8));
}

void emit_batch(llvm::Module& module, const KernelSource& source, const std::string& name) {
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  Body body(module, source, name + "_batch", llvm::Type::getVoidTy(context),
            {pointer, pointer, pointer, llvm::Type::getInt64Ty(context)});
  auto& b = body.builder;
  std::vector<Value*> columns;
  for (unsigned i = 0; i < source.axes.size(); ++i)
    columns.push_back(b.CreateLoad(pointer, b.CreateConstInBoundsGEP1_32(pointer, body.argument(0), i)));
  const auto params = body.broadcast_params(body.argument(1), source.params.size());
  Loop loop(b, body.argument(3), {});
  std::vector<Value*> axes;
  for (Value* column : columns) axes.push_back(load_vector(body, column, loop.index));
  Value* y = body.formula(source.formula, axes, params);
  b.CreateAlignedStore(y, b.CreateInBoundsGEP(b.getDoubleTy(), body.argument(2), loop.index), llvm::Align(8));
  loop.close(body.argument(3), vector_width, {});
  b.CreateRetVoid();
}

llvm::Constant* lane_numbers(llvm::Type* real) {
  std::vector<llvm::Constant*> numbers;
  for (int i = 0; i < vector_width; ++i) numbers.push_back(llvm::ConstantFP::get(real, i));
  return llvm::ConstantVector::get(numbers);
}

// Lanes are added in a fixed order: ((0+4) + (2+6)) + ((1+5) + (3+7)).
Value* lane_sum(llvm::IRBuilder<>& b, Value* sum) {
  for (int half : {4, 2, 1}) {
    std::vector<int> low, high;
    for (int i = 0; i < half; ++i) {
      low.push_back(i);
      high.push_back(i + half);
    }
    sum = b.CreateFAdd(b.CreateShuffleVector(sum, low), b.CreateShuffleVector(sum, high));
  }
  return b.CreateExtractElement(sum, std::uint64_t{0});
}

// One vector a turn: turns depend on each other by one addition only, so the processor overlaps them.
void emit_grid(llvm::Module& module, const KernelSource& source, const std::string& name) {
  llvm::LLVMContext& context = module.getContext();
  auto* real = llvm::Type::getDoubleTy(context);
  auto* integer = llvm::Type::getInt64Ty(context);
  Body body(module, source, name + "_grid", real,
            {real, real, real, integer, llvm::PointerType::get(context, 0)});
  auto& b = body.builder;
  const auto params = body.broadcast_params(body.argument(4), source.params.size());
  Value* start = body.emitter.splat(body.argument(0));
  Value* step = body.emitter.splat(body.argument(1));
  Value* count = body.argument(3);
  Value* first = b.CreateFAdd(body.emitter.splat(body.argument(2)), lane_numbers(real));
  Loop loop(b, count, {first, body.emitter.constant(0)});
  Value* index = loop.carried[0];
  Value* x = b.CreateIntrinsic(llvm::Intrinsic::fma, {body.emitter.vector_type()}, {index, step, start});
  Value* y = body.formula(source.formula, {x}, params);
  const auto last = loop.close(count, vector_width,
                               {b.CreateFAdd(index, body.emitter.constant(static_cast<double>(vector_width))),
                                b.CreateFAdd(loop.carried[1], y)});
  b.CreateRet(lane_sum(b, last[1]));
}

void emit_scalar(llvm::Module& module, const KernelSource& source, const std::string& name) {
  auto* real = llvm::Type::getDoubleTy(module.getContext());
  Body body(module, source, name, real, std::vector<llvm::Type*>(source.axes.size(), real));
  std::vector<Value*> axes;
  for (unsigned i = 0; i < source.axes.size(); ++i) axes.push_back(body.emitter.splat(body.argument(i)));
  Value* y = body.formula(source.formula, axes, {});
  body.builder.CreateRet(body.builder.CreateExtractElement(y, std::uint64_t{0}));
}

}  // namespace

void emit_entry(llvm::Module& module, const KernelSource& source, const std::string& name, Entry entry) {
  switch (entry) {
    case Entry::batch:
      return emit_batch(module, source, name);
    case Entry::grid:
      return emit_grid(module, source, name);
    case Entry::scalar:
      return emit_scalar(module, source, name);
  }
}

}  // namespace jitegral::codegen
