// The sum of a tile whose points are evaluated one by one: PLAIN of analysis/grid_form.h. Private to codegen.
#pragma once

#include "codegen/body.h"

namespace jitegral::codegen {

// The points of a grid, fma(index, step, start), as vectors.
struct GridPoints {
  llvm::IRBuilder<>& b;
  llvm::Value *start, *step;  // vectors

  // first + distance * lane number
  [[nodiscard]] llvm::Value* along_lanes(llvm::Value* first, double distance) const;
  [[nodiscard]] llvm::Value* at(llvm::Value* index) const;
};

class PlainTile {
 public:
  // Of `formula` in x and in what is in `same` when a sum is asked for.
  PlainTile(Body& body, const GridPoints& points, Expr formula, Symbol x, const Values& same);

  // The vector of a tile of `rest` points from `first` on, or of 1024 if there are more.
  llvm::Value* sum(llvm::Value* first, llvm::Value* rest);

 private:
  llvm::Value* constant(double value) { return body_.emitter.constant(value); }
  llvm::Value* sum_in_registers(llvm::Value* first, llvm::Value* points);
  llvm::Value* sum_in_memory(llvm::Value* first, llvm::Value* points);
  llvm::Value* value(llvm::Value* index);
  llvm::Value* cut(llvm::Value* y, llvm::Value* left);
  llvm::Value* sum_at(llvm::Value* turn) { return body_.vector_at(turns_, turn); }
  llvm::Value* load_sum(unsigned turn);

  Body& body_;
  llvm::IRBuilder<>& b_;
  GridPoints points_;
  Expr formula_;
  Symbol x_;
  bool calls_;
  const Values& same_;
  llvm::Value* turns_ = nullptr;  // memory of the two sums
};

}  // namespace jitegral::codegen
