// Reciprocals and square roots by multiplications, for a part of the vectors of a loop that waits for the
// divider: both then work at the same time. Private to codegen.
//
// The results are those of the divider, to the bit, because they are correctly rounded and nothing else is
// correctly rounded. Where that is not certain - a range, a NaN, a value too close to the middle of two
// doubles - the lane gets a doubt, and the caller computes the points again with the divider.
#pragma once

#include <llvm/IR/IRBuilder.h>

namespace jitegral::codegen {

class Newton {
 public:
  // Doubts are added to `doubt`, four integers (half a vector, to spare registers): 0 as long as there is
  // none.
  Newton(llvm::IRBuilder<>& builder, llvm::Value* doubt) : b_(builder), doubt_(doubt) {}

  // 1/x, with one division for two lanes.
  llvm::Value* reciprocal(llvm::Value* x);
  // The square root of x. For targets that estimate roots (target.h).
  llvm::Value* root(llvm::Value* x);

  [[nodiscard]] llvm::Value* doubt() const { return doubt_; }

 private:
  llvm::Value* fma(llvm::Value* x, llvm::Value* y, llvm::Value* z);
  llvm::Value* estimate_half_inverse_root(llvm::Value* x);
  llvm::Value* moved(llvm::Value* x, std::int64_t places);
  void add_doubt(llvm::Value* bits);

  llvm::IRBuilder<>& b_;
  llvm::Value* doubt_;
};

}  // namespace jitegral::codegen
