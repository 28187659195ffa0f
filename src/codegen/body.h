// One exported function under construction: values with names, and loops. Private to codegen.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <string>
#include <vector>

#include "codegen/compile.h"
#include "codegen/emit.h"

namespace jitegral::codegen {

// Symbols and what they stand for at some point of the code.
struct Values {
  std::vector<Symbol> symbols;
  std::vector<llvm::Value*> values;

  void bind(const Symbol& symbol, llvm::Value* value) {
    symbols.push_back(symbol);
    values.push_back(value);
  }
};

struct Body {
  llvm::Function* function;
  llvm::IRBuilder<> builder;
  Emitter emitter;

  Body(llvm::Module& module, const std::string& name, llvm::Type* result,
       const std::vector<llvm::Type*>& arguments);

  llvm::Value* argument(unsigned i) { return function->getArg(i); }
  llvm::BasicBlock* block(const char* name) {
    return llvm::BasicBlock::Create(builder.getContext(), name, function);
  }
  // A value, and the block at whose end it is known.
  struct Known {
    llvm::Value* value;
    llvm::BasicBlock* end;
  };
  // Known here, where the code begins that both blocks go on to: the value of the one it came from.
  llvm::Value* either(const Known& one, const Known& other);
  llvm::Value* formula(const Expr& expr, const Values& at) {
    return emitter.formula(expr, at.symbols, at.values);
  }
  // The parameters, each the same in all lanes, from an array of numbers.
  Values load_params(llvm::Value* address, const std::vector<Symbol>& params);
  // The vector, or the number, number i of those at `address`.
  llvm::Value* vector_at(llvm::Value* address, llvm::Value* i);
  llvm::Value* number_at(llvm::Value* address, llvm::Value* i);
  // Memory of the function for so many numbers, aligned for vectors.
  llvm::Value* memory(int numbers);
};

// for (index = 0; index < count; index += step) with loop-carried values.
class Loop {
 public:
  Loop(llvm::IRBuilder<>& builder, llvm::Value* count, std::int64_t step,
       std::vector<llvm::Value*> initial = {});

  [[nodiscard]] llvm::Value* index() const { return index_; }
  [[nodiscard]] llvm::Value* carried(std::size_t i) const { return carried_[i]; }
  // Ends the loop's body; returns the carried values as they are after the loop.
  std::vector<llvm::Value*> close(const std::vector<llvm::Value*>& next);

 private:
  llvm::IRBuilder<>& b_;
  llvm::Value* count_;
  std::int64_t step_;
  std::vector<llvm::Value*> initial_;
  llvm::BasicBlock* before_;
  llvm::BasicBlock* body_;
  llvm::BasicBlock* after_;
  llvm::PHINode* index_;
  std::vector<llvm::PHINode*> carried_;
  bool may_be_empty_;
};

}  // namespace jitegral::codegen
