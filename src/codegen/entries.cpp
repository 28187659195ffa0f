#include "codegen/entries.h"

#include <vector>

#include "codegen/body.h"
#include "codegen/grid.h"

namespace jitegral::codegen {
namespace {

using llvm::Value;

void emit_batch(llvm::Module& module, const KernelSource& source, const std::string& name) {
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  Body body(module, name + "_batch", llvm::Type::getVoidTy(context),
            {pointer, pointer, pointer, llvm::Type::getInt64Ty(context)});
  auto& b = body.builder;
  const auto vector_from = [&](Value* column, Value* index) {
    return b.CreateInBoundsGEP(b.getDoubleTy(), column, index);
  };
  std::vector<Value*> columns;
  for (unsigned i = 0; i < source.axes.size(); ++i)
    columns.push_back(b.CreateLoad(pointer, b.CreateConstInBoundsGEP1_32(pointer, body.argument(0), i)));
  Values at = body.load_params(body.argument(1), source.params);
  Loop loop(b, body.argument(3), vector_width);
  for (std::size_t i = 0; i < columns.size(); ++i)
    at.bind(source.axes[i], b.CreateAlignedLoad(body.emitter.vector_type(),
                                                vector_from(columns[i], loop.index()), llvm::Align(8)));
  Value* y = body.formula(source.formula, at);
  b.CreateAlignedStore(y, vector_from(body.argument(2), loop.index()), llvm::Align(8));
  loop.close({});
  b.CreateRetVoid();
}

void emit_scalar(llvm::Module& module, const KernelSource& source, const std::string& name) {
  auto* real = llvm::Type::getDoubleTy(module.getContext());
  Body body(module, name, real, std::vector<llvm::Type*>(source.axes.size(), real));
  Values at;
  for (unsigned i = 0; i < source.axes.size(); ++i)
    at.bind(source.axes[i], body.emitter.splat(body.argument(i)));
  Value* y = body.formula(source.formula, at);
  body.builder.CreateRet(body.builder.CreateExtractElement(y, std::uint64_t{0}));
}

}  // namespace

void emit_entry(llvm::Module& module, const KernelSource& source, const std::string& name, Entry entry,
                bool self_contained) {
  switch (entry) {
    case Entry::batch:
      return emit_batch(module, source, name);
    case Entry::grid:
      return emit_grid(module, source, name, self_contained ? Bodies::linked : Bodies::outside);
    case Entry::scalar:
      return emit_scalar(module, source, name);
  }
}

}  // namespace jitegral::codegen
