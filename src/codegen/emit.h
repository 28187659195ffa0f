// Expr to LLVM IR: straight-line values of <8 x double>. Private to codegen.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "expr/expr.h"

namespace jitegral::codegen {

// How a function of vecmath is reached.
enum class Bodies : std::uint8_t {
  inlined,  // where time is spent
  linked,   // a call of a function in this object: code stays short, and quick to compile
  outside,  // a call of jtn_NAME, the compiled one of this process: nothing to compile at all
};

// Emits formulas into one function. Rounding is that of the formula as written: no contraction, no
// reassociation, so that every target gives the same bits.
class Emitter {
 public:
  explicit Emitter(llvm::IRBuilder<>& builder);

  // From here on.
  void reach_bodies(Bodies bodies) { bodies_ = bodies; }

  [[nodiscard]] llvm::FixedVectorType* vector_type() const { return vector_; }
  llvm::Value* splat(llvm::Value* scalar);
  llvm::Value* constant(double value);
  // The value of `formula` where symbols[i] has the value values[i].
  llvm::Value* formula(const Expr& formula, std::span<const Symbol> symbols,
                       std::span<llvm::Value* const> values);
  // The same for several, which share what they have in common.
  std::vector<llvm::Value*> formulas(std::span<const Expr> formulas, std::span<const Symbol> symbols,
                                     std::span<llvm::Value* const> values);
  // The first lane of what jtg_cold_NAME makes of these vectors.
  llvm::Value* cold_call(const std::string& name, std::span<llvm::Value* const> arguments);

 private:
  llvm::Value* apply(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* instruction(Instruction instruction, std::span<llvm::Value* const> a);
  llvm::Value* vecmath_call(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* outside_call(const Function& function, std::span<llvm::Value* const> a);
  llvm::Value* scalar_calls(const Function& function, std::span<llvm::Value* const> a);
  // Memory of the function under construction.
  llvm::Value* memory(llvm::Type* type);
  llvm::Value* compare(llvm::CmpInst::Predicate predicate, std::span<llvm::Value* const> a);
  llvm::Value* is_true(llvm::Value* value);
  llvm::Value* truth(llvm::Value* mask);

  llvm::IRBuilder<>& builder_;
  llvm::FixedVectorType* vector_;
  Bodies bodies_ = Bodies::inlined;
};

}  // namespace jitegral::codegen
