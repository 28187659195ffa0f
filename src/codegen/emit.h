// Expr to LLVM IR: straight-line values of <8 x double>. Private to codegen.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <span>
#include <string_view>
#include <vector>

#include "expr/expr.h"

namespace jitegral::codegen {

// Emits formulas into one function. Rounding is that of the formula as written: no contraction, no
// reassociation, so that every target gives the same bits.
class Emitter {
 public:
  explicit Emitter(llvm::IRBuilder<>& builder);

  // Whether the bodies of vecmath are to be inlined from here on: where time is spent. Elsewhere a call keeps
  // the code short, and quick to compile.
  void inline_bodies(bool inlined) { inlined_ = inlined; }

  [[nodiscard]] llvm::FixedVectorType* vector_type() const { return vector_; }
  llvm::Value* splat(llvm::Value* scalar);
  llvm::Value* constant(double value);
  // The value of `formula` where symbols[i] has the value values[i].
  llvm::Value* formula(const Expr& formula, std::span<const Symbol> symbols,
                       std::span<llvm::Value* const> values);

 private:
  llvm::Value* apply(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* instruction(Instruction instruction, std::span<llvm::Value* const> a);
  llvm::Value* vecmath_call(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* scalar_calls(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* compare(llvm::CmpInst::Predicate predicate, std::span<llvm::Value* const> a);
  llvm::Value* is_true(llvm::Value* value);
  llvm::Value* truth(llvm::Value* mask);

  llvm::IRBuilder<>& builder_;
  llvm::FixedVectorType* vector_;
  bool inlined_ = true;
};

}  // namespace jitegral::codegen
