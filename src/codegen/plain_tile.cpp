#include "codegen/plain_tile.h"

#include <llvm/IR/Intrinsics.h>

#include <utility>

#include "analysis/grid_form.h"
#include "codegen/sums.h"
#include "expr/fold.h"

namespace jitegral::codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

constexpr int tile_points = analysis::GridForm::tile_points;
constexpr int width = vector_width;

bool calls_bodies(const Expr& formula) {
  return any_node(formula, [](const Node& node) {
    return node.kind == ExprKind::apply && node.function->lowering != Lowering::instruction;
  });
}

}  // namespace

Value* GridPoints::along_lanes(Value* first, double distance) const {
  std::vector<llvm::Constant*> numbers;
  for (int lane = 0; lane < width; ++lane)
    numbers.push_back(llvm::ConstantFP::get(b.getDoubleTy(), lane * distance));
  return b.CreateFAdd(b.CreateVectorSplat(width, first), llvm::ConstantVector::get(numbers));
}

Value* GridPoints::at(Value* index) const {
  return b.CreateIntrinsic(llvm::Intrinsic::fma, {index->getType()}, {index, step, start});
}

PlainTile::PlainTile(Body& body, const GridPoints& points, Expr formula, Symbol x, const Values& same)
    : body_(body),
      b_(body.builder),
      points_(points),
      formula_(std::move(formula)),
      x_(std::move(x)),
      same_(same) {
  calls_ = calls_bodies(formula_);
  if (calls_) turns_ = body_.memory(2 * width);
}

Value* PlainTile::sum(Value* first, Value* rest) {
  Value* points = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smin, rest, b_.getInt64(tile_points));
  return calls_ ? sum_in_memory(first, points) : sum_in_registers(first, points);
}

Value* PlainTile::sum_in_registers(Value* first, Value* points) {
  Loop vectors(b_, points, width, {points_.along_lanes(first, 1), constant(0), constant(0)});
  Value* index = vectors.carried(0);
  Sums sums{vectors.carried(1), vectors.carried(2)};
  sums.add(b_, cut(value(index), b_.CreateSub(points, vectors.index())));
  const auto last = vectors.close({b_.CreateFAdd(index, constant(width)), sums.next, sums.other});
  return Sums{last[1], last[2]}.total(b_);
}

// The bodies of vecmath want all registers: sums that are in their way cost more than sums in memory.
Value* PlainTile::sum_in_memory(Value* first, Value* points) {
  for (unsigned turn : {0U, 1U})
    b_.CreateAlignedStore(constant(0), sum_at(b_.getInt64(turn)), llvm::Align(64));
  Loop vectors(b_, points, width, {points_.along_lanes(first, 1)});
  Value* index = vectors.carried(0);
  Value* y = cut(value(index), b_.CreateSub(points, vectors.index()));
  Value* sum = sum_at(b_.CreateAnd(b_.CreateUDiv(vectors.index(), b_.getInt64(width)), b_.getInt64(1)));
  Value* before = b_.CreateAlignedLoad(y->getType(), sum, llvm::Align(64));
  b_.CreateAlignedStore(b_.CreateFAdd(before, y), sum, llvm::Align(64));
  vectors.close({b_.CreateFAdd(index, constant(width))});
  return b_.CreateFAdd(load_sum(0), load_sum(1));
}

Value* PlainTile::load_sum(unsigned turn) {
  return b_.CreateAlignedLoad(body_.emitter.vector_type(), sum_at(b_.getInt64(turn)), llvm::Align(64));
}

Value* PlainTile::value(Value* index) {
  Values at = same_;
  at.bind(x_, points_.at(index));
  return body_.formula(formula_, at);
}

// y, with zeros in lanes behind the last of `left` points.
Value* PlainTile::cut(Value* y, Value* left) {
  BasicBlock* whole = b_.GetInsertBlock();
  BasicBlock* cut = body_.block("cut");
  BasicBlock* ready = body_.block("ready");
  b_.CreateCondBr(b_.CreateICmpSGE(left, b_.getInt64(width)), ready, cut);
  b_.SetInsertPoint(cut);
  Value* lanes = points_.along_lanes(llvm::ConstantFP::get(b_.getDoubleTy(), 0), 1);
  Value* end = body_.emitter.splat(b_.CreateSIToFP(left, b_.getDoubleTy()));
  Value* cut_y = b_.CreateSelect(b_.CreateFCmpOLT(lanes, end), y, constant(0));
  b_.CreateBr(ready);
  b_.SetInsertPoint(ready);
  return body_.either({y, whole}, {cut_y, cut});
}

}  // namespace jitegral::codegen
