// Sums of vectors under construction, as analysis/grid_form.h defines them. Private to codegen.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <cstdint>
#include <vector>

#include "codegen/compile.h"

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

  // The same of all lanes, halves onto each other.
  llvm::Value* total(llvm::IRBuilder<>& b) const {
    CarefulSum lanes = *this;
    for (int half = vector_width / 2; half > 0; half /= 2) {
      std::vector<int> low, high;
      for (int i = 0; i < half; ++i) {
        low.push_back(i);
        high.push_back(i + half);
      }
      llvm::Value* upper = b.CreateShuffleVector(lanes.sum, high);
      lanes = {b.CreateShuffleVector(lanes.sum, low),
               b.CreateFAdd(b.CreateShuffleVector(lanes.lost, low), b.CreateShuffleVector(lanes.lost, high))};
      lanes.add(b, upper);
    }
    llvm::Value* whole = b.CreateFAdd(lanes.sum, lanes.lost);
    return b.CreateExtractElement(b.CreateSelect(is_finite(b, lanes.sum), whole, lanes.sum),
                                  std::uint64_t{0});
  }

  static llvm::Value* is_finite(llvm::IRBuilder<>& b, llvm::Value* x) {
    return b.CreateFCmpOLT(b.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x),
                           llvm::ConstantFP::getInfinity(x->getType()));
  }
};

}  // namespace jitegral::codegen
