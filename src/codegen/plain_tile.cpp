#include "codegen/plain_tile.h"

#include <llvm/IR/Intrinsics.h>

#include <utility>

#include "analysis/grid_form.h"
#include "codegen/newton.h"
#include "codegen/sums.h"
#include "expr/fold.h"

namespace jitegral::codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

constexpr int tile_points = analysis::GridForm::tile_points;
constexpr int width = vector_width;

struct Work {
  int calls = 0, roots = 0, reciprocals = 0, others = 0;
};

bool is_reciprocal(const Node& node) {
  return node.function->instruction == Instruction::divide && node.arguments[0].is_number(1);
}

Work work_of(const Expr& formula) {
  Work work;
  fold<int>(formula, [&](const Node& node, std::span<const int>) {
    if (node.kind != ExprKind::apply) return 0;
    int& kind = node.function->lowering != Lowering::instruction         ? work.calls
                : node.function->instruction == Instruction::square_root ? work.roots
                : is_reciprocal(node)                                    ? work.reciprocals
                                                                         : work.others;
    return ++kind;
  });
  return work;
}

// Whether the divider is what a tile waits for. On many a processor a root takes it 17 or more times as long
// as a multiplication takes, and a quotient 9 times; half of that leaves room for what Newton's method
// multiplies.
bool waits_for_divider(const Work& work) {
  const int divider = 8 * work.roots + 4 * work.reciprocals;
  return work.calls == 0 && divider > 0 && work.others <= divider;
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

PlainTile::PlainTile(Body& body, const Target& target, const GridPoints& points, Expr formula, Symbol x,
                     const Values& same)
    : body_(body),
      b_(body.builder),
      points_(points),
      formula_(std::move(formula)),
      x_(std::move(x)),
      same_(same) {
  const Work work = work_of(formula_);
  calls_ = work.calls > 0;
  waits_for_divider_ = target.estimates_roots && waits_for_divider(work);
  if (calls_) turns_ = body_.memory(2 * width);
  if (!waits_for_divider_) return;
  trusted_ = body_.memory(1);
  b_.CreateStore(b_.getInt64(1), trusted_);
}

Value* PlainTile::sum(Value* first, Value* rest) {
  return waits_for_divider_ ? sum_beside_divider(first, rest) : sum_in_turn(first, rest);
}

Value* PlainTile::sum_in_turn(Value* first, Value* rest) {
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

// A whole tile with a part of its vectors by Newton's method. After a tile in doubt, which is computed again,
// all tiles of this call are left to the divider.
Value* PlainTile::sum_beside_divider(Value* first, Value* rest) {
  BasicBlock* beside = body_.block("beside_divider");
  BasicBlock* in_turn = body_.block("in_turn");
  BasicBlock* summed = body_.block("summed");
  Value* trusted = b_.CreateICmpNE(b_.CreateLoad(b_.getInt64Ty(), trusted_), b_.getInt64(0));
  Value* whole = b_.CreateICmpSGE(rest, b_.getInt64(tile_points));
  b_.CreateCondBr(b_.CreateAnd(trusted, whole), beside, in_turn);
  b_.SetInsertPoint(beside);
  Value* quick = whole_tile(first);
  BasicBlock* beside_end = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpNE(b_.CreateLoad(b_.getInt64Ty(), trusted_), b_.getInt64(0)), summed, in_turn);
  b_.SetInsertPoint(in_turn);
  Value* sure = sum_in_turn(first, rest);
  BasicBlock* in_turn_end = b_.GetInsertBlock();
  b_.CreateBr(summed);
  b_.SetInsertPoint(summed);
  return body_.either({quick, beside_end}, {sure, in_turn_end});
}

// One vector of four: measured on Zen 3, this keeps the divider busy all the time, and more of them do not
// fit beside it into what the processor looks ahead.
Value* PlainTile::whole_tile(Value* first) {
  constexpr int at_once = 4;
  Value* certain = llvm::ConstantInt::get(llvm::FixedVectorType::get(b_.getInt64Ty(), width / 2), 0);
  Loop vectors(b_, b_.getInt64(tile_points), at_once * vector_width,
               {points_.along_lanes(first, 1), constant(0), constant(0), certain});
  Value* index = vectors.carried(0);
  Sums sums{vectors.carried(1), vectors.carried(2)};
  Newton newton(b_, vectors.carried(3));
  for (int i = 0; i < at_once; ++i) {
    body_.emitter.spare_divider(i == 0 ? &newton : nullptr);
    sums.add(b_, value(index));
    index = b_.CreateFAdd(index, constant(width));
  }
  const auto last = vectors.close({index, sums.next, sums.other, newton.doubt()});
  Value* is_certain = b_.CreateICmpEQ(b_.CreateOrReduce(last[3]), b_.getInt64(0));
  b_.CreateStore(b_.CreateZExt(is_certain, b_.getInt64Ty()), trusted_);
  return Sums{last[1], last[2]}.total(b_);
}

}  // namespace jitegral::codegen
