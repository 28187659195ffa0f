// Sums of vectors under construction, as analysis/grid_form.h defines them. Private to codegen.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <array>

#include "codegen/emit.h"

namespace jitegral::codegen {

// Two sums that take turns, so that an addition does not wait for the one before.
struct Sums {
  llvm::Value* next;
  llvm::Value* other;

  void add(llvm::IRBuilder<>& b, llvm::Value* y) {
    llvm::Value* sum = b.CreateFAdd(next, y);
    next = other;
    other = sum;
  }
  llvm::Value* total(llvm::IRBuilder<>& b) const { return b.CreateFAdd(next, other); }
};

// A sum, and what its additions have lost.
struct CarefulSum {
  llvm::Value* sum;
  llvm::Value* lost;

  // By Knuth's two_sum.
  void add(llvm::IRBuilder<>& b, llvm::Value* y) {
    llvm::Value* total = b.CreateFAdd(sum, y);
    llvm::Value* from_y = b.CreateFSub(total, sum);
    llvm::Value* from_sum = b.CreateFSub(total, from_y);
    llvm::Value* more = b.CreateFAdd(b.CreateFSub(sum, from_sum), b.CreateFSub(y, from_y));
    lost = b.CreateFAdd(lost, more);
    sum = total;
  }

  // Of all lanes.
  llvm::Value* total(Emitter& emitter) const { return emitter.cold_call("total", std::array{sum, lost}); }

  static llvm::Value* is_finite(llvm::IRBuilder<>& b, llvm::Value* x) {
    return b.CreateFCmpOLT(b.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x),
                           llvm::ConstantFP::getInfinity(x->getType()));
  }
};

}  // namespace jitegral::codegen
