#include "codegen/grid.h"

#include <llvm/IR/Intrinsics.h>

#include "analysis/grid_form.h"
#include "codegen/body.h"
#include "codegen/plain_tile.h"
#include "codegen/sums.h"
#include "expr/transform.h"

namespace jitegral::codegen {
namespace {

using analysis::GridForm;
using llvm::BasicBlock;
using llvm::Value;

constexpr int tile_points = GridForm::tile_points;

using Way = GridForm::Way;

class GridSum {
 public:
  GridSum(llvm::Module& module, const KernelSource& source, const GridForm& form, const std::string& name,
          Bodies calls)
      : x_(source.axes[0]),
        form_(form),
        calls_(form_.way == Way::plain ? calls : Bodies::linked),
        real_(llvm::Type::getDoubleTy(module.getContext())),
        body_(module, name, real_,
              {real_, real_, real_, llvm::Type::getInt64Ty(module.getContext()),
               llvm::PointerType::get(module.getContext(), 0)}),
        b_(body_.builder),
        points_{b_, body_.emitter.splat(body_.argument(0)), body_.emitter.splat(body_.argument(1))},
        first_(body_.argument(2)),
        count_(body_.argument(3)),
        same_(body_.load_params(body_.argument(4), source.params)),
        plain_(body_, points_, form_.plain, x_, same_) {}

  // `otherwise` is the function for form.otherwise, if there is one.
  llvm::Function* emit(llvm::Function* otherwise = nullptr) {
    body_.emitter.reach_bodies(calls_);
    name_all(form_.once, same_);
    if (form_.way == Way::plain)
      b_.CreateRet(total(nullptr));
    else if (otherwise != nullptr)
      emit_or_call(otherwise);
    else
      emit_checked();
    return body_.function;
  }

 private:
  Value* constant(double value) { return body_.emitter.constant(value); }
  Value* splat(Value* number) { return body_.emitter.splat(number); }
  llvm::ConstantInt* integer(int value) { return b_.getInt64(static_cast<std::uint64_t>(value)); }

  Value* along_lanes(Value* first, double distance) { return points_.along_lanes(first, distance); }
  Value* point(Value* index) { return points_.at(index); }

  void name_all(const std::vector<GridForm::Named>& list, Values& values) {
    const auto found = values_of(list, values);
    for (std::size_t k = 0; k < list.size(); ++k) values.bind(list[k].symbol, found[k]);
  }

  // If the total of separated tiles is not finite, a second time with plain ones.
  void emit_checked() {
    Value* usable = prepare();
    BasicBlock* before = b_.GetInsertBlock();
    BasicBlock* attempt = body_.block("attempt");
    BasicBlock* done = body_.block("done");
    b_.CreateBr(attempt);
    b_.SetInsertPoint(attempt);
    llvm::PHINode* separated = b_.CreatePHI(b_.getInt1Ty(), 2);
    Value* sum = total(separated);
    separated->addIncoming(usable, before);
    separated->addIncoming(b_.getFalse(), b_.GetInsertBlock());
    Value* fails = b_.CreateNot(CarefulSum::is_finite(b_, sum));
    b_.CreateCondBr(b_.CreateAnd(separated, fails), attempt, done);
    b_.SetInsertPoint(done);
    b_.CreateRet(sum);
  }

  // If tiles cannot be separated, or their total is not finite: OTHERWISE.
  void emit_or_call(llvm::Function* otherwise) {
    Value* usable = prepare();
    BasicBlock* attempt = body_.block("attempt");
    BasicBlock* found = body_.block("found");
    BasicBlock* failed = body_.block("failed");
    BasicBlock* halves = body_.block("halves");
    BasicBlock* other = body_.block("other");
    b_.CreateCondBr(usable, attempt, failed);
    b_.SetInsertPoint(attempt);
    Value* sum = total(b_.getTrue());
    b_.CreateCondBr(CarefulSum::is_finite(b_, sum), found, failed);
    b_.SetInsertPoint(found);
    b_.CreateRet(sum);
    b_.SetInsertPoint(failed);
    b_.CreateCondBr(b_.CreateICmpUGE(count_, b_.getInt64(2 * GridForm::proofs_pay)), halves, other);
    b_.SetInsertPoint(halves);
    b_.CreateRet(sum_of_halves());
    b_.SetInsertPoint(other);
    b_.CreateRet(call(otherwise, first_, count_));
  }

  Value* sum_of_halves() {
    Value* half = b_.CreateMul(b_.CreateUDiv(count_, integer(2 * tile_points)), integer(tile_points));
    Value* second = b_.CreateFAdd(first_, b_.CreateSIToFP(half, real_));
    return b_.CreateFAdd(call(body_.function, first_, half),
                         call(body_.function, second, b_.CreateSub(count_, half)));
  }

  // Of the same points, from another first one on.
  Value* call(llvm::Function* function, Value* first, Value* count) {
    return b_.CreateCall(function, {body_.argument(0), body_.argument(1), first, count, body_.argument(4)});
  }

  // Of all tiles; `usable` as for tile().
  Value* total(Value* usable) {
    Loop tiles(b_, count_, tile_points, {constant(0), constant(0)});
    Value* first = b_.CreateFAdd(first_, b_.CreateSIToFP(tiles.index(), real_));
    Value* rest = b_.CreateSub(count_, tiles.index());
    CarefulSum sum{tiles.carried(0), tiles.carried(1)};
    sum.add(b_, usable == nullptr ? plain_tile(first, rest) : tile(first, rest, usable));
    const auto all = tiles.close({sum.sum, sum.lost});
    return CarefulSum{all[0], all[1]}.total(body_.emitter);
  }

  Value* plain_tile(Value* first, Value* rest) {
    body_.emitter.reach_bodies(form_.way == Way::plain ? Bodies::inlined : calls_);
    return plain_.sum(first, rest);
  }

  // Whether tiles may be separated; if so, computes what they have in common.
  Value* prepare() {
    columns_ = memory_for(form_.by_column, row_points());
    places_ = memory_for(form_.by_place, tile_points);
    tile_columns_ = memory_for(form_.by_tile_column, row_points());
    rows_ = memory_for(form_.by_row, form_.rows);
    if (!form_.sums.empty()) sums_ = body_.memory(static_cast<int>(form_.sums.size()));
    BasicBlock* tables = body_.block("tables");
    BasicBlock* ready = body_.block("ready");
    Value* usable = valid();
    b_.CreateCondBr(usable, tables, ready);
    b_.SetInsertPoint(tables);
    fill_columns(form_.by_column, columns_, same_);
    if (!form_.by_place.empty()) fill_places();
    if (!form_.sums.empty()) fill_sums();
    b_.CreateBr(ready);
    b_.SetInsertPoint(ready);
    return usable;
  }

  std::vector<Value*> memory_for(const std::vector<GridForm::Named>& list, int numbers) {
    std::vector<Value*> addresses;
    for (std::size_t i = 0; i < list.size(); ++i) addresses.push_back(body_.memory(numbers));
    return addresses;
  }

  Value* valid() {
    Value* half = b_.CreateFMul(b_.CreateFSub(b_.CreateSIToFP(count_, real_), one()),
                                llvm::ConstantFP::get(real_, 0.5));
    Values at = same_;
    at.bind(form_.middle, point(splat(b_.CreateFAdd(first_, half))));
    at.bind(form_.radius, absolute(b_.CreateFMul(splat(half), points_.step)));
    at.bind(form_.row_length, absolute(b_.CreateFMul(constant(row_points()), points_.step)));
    Value* is_valid = b_.CreateFCmpUNE(body_.formula(form_.valid, at), constant(0));
    return b_.CreateAnd(b_.CreateICmpSGE(count_, b_.getInt64(form_.least_count)),
                        b_.CreateExtractElement(is_valid, std::uint64_t{0}));
  }

  Value* one() { return llvm::ConstantFP::get(real_, 1.0); }
  Value* absolute(Value* value) { return b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, value); }
  [[nodiscard]] int row_points() const { return form_.columns * static_cast<int>(vector_width); }

  // Stores each value of `list`, evaluated `at` a place, as vector number i of its memory.
  void store_all(const std::vector<GridForm::Named>& list, const std::vector<Value*>& memory, Value* i,
                 const Values& at) {
    const auto found = values_of(list, at);
    for (std::size_t k = 0; k < list.size(); ++k)
      b_.CreateAlignedStore(found[k], body_.vector_at(memory[k], i), llvm::Align(64));
  }

  std::vector<Value*> values_of(const std::vector<GridForm::Named>& list, const Values& at) {
    std::vector<Expr> values;
    for (const auto& named : list) values.push_back(named.value);
    return body_.emitter.formulas(values, at.symbols, at.values);
  }

  // Offsets of the points of a column from where their rows begin.
  Value* offset(Value* column) {
    Value* first = b_.CreateFMul(b_.CreateSIToFP(column, real_), llvm::ConstantFP::get(real_, vector_width));
    return b_.CreateFMul(along_lanes(first, 1), points_.step);
  }

  void fill_columns(const std::vector<GridForm::Named>& list, const std::vector<Value*>& memory, Values at) {
    if (list.empty()) return;
    Loop columns(b_, integer(form_.columns), 1);
    at.bind(form_.offset, offset(columns.index()));
    store_all(list, memory, columns.index(), at);
    columns.close({});
  }

  void fill_places() {
    Loop columns(b_, integer(form_.columns), 1);
    Values at = same_;
    at.bind(form_.offset, offset(columns.index()));
    Loop rows(b_, integer(form_.rows), 1);
    Value* index =
        b_.CreateFMul(b_.CreateSIToFP(rows.index(), real_), llvm::ConstantFP::get(real_, row_points()));
    at.bind(form_.row_offset, b_.CreateFMul(splat(index), points_.step));
    store_all(form_.by_place, places_, place(columns.index(), rows.index()), at);
    rows.close({});
    columns.close({});
  }

  // Values first, then their sums one by one: code for one sum is enough.
  void fill_sums() {
    const auto count = static_cast<int>(form_.sums.size());
    Value* values = body_.memory(count * row_points());
    std::vector<Value*> memory;
    for (int k = 0; k < count; ++k) memory.push_back(body_.vector_at(values, integer(k * form_.columns)));
    fill_columns(form_.sums, memory, same_);
    Loop sums(b_, integer(count), 1);
    Value* first = b_.CreateMul(sums.index(), integer(form_.columns));
    Loop columns(b_, integer(form_.columns), 1, {constant(0), constant(0)});
    CarefulSum sum{columns.carried(0), columns.carried(1)};
    sum.add(b_, b_.CreateAlignedLoad(body_.emitter.vector_type(),
                                     body_.vector_at(values, b_.CreateAdd(first, columns.index())),
                                     llvm::Align(64)));
    const auto all = columns.close({sum.sum, sum.lost});
    b_.CreateStore(CarefulSum{all[0], all[1]}.total(body_.emitter),
                   b_.CreateInBoundsGEP(real_, sums_, sums.index()));
    sums.close({});
  }

  Value* place(Value* column, Value* row) {
    return b_.CreateAdd(b_.CreateMul(column, integer(form_.rows)), row);
  }

  void fill_rows(Value* first) {
    if (form_.by_row.empty()) return;
    Loop eights(b_, integer(form_.rows / static_cast<int>(vector_width)), 1);
    Value* ahead = b_.CreateFMul(b_.CreateSIToFP(eights.index(), real_),
                                 llvm::ConstantFP::get(real_, row_points() * static_cast<int>(vector_width)));
    Values at = same_;
    at.bind(form_.row, point(along_lanes(b_.CreateFAdd(first, ahead), row_points())));
    store_all(form_.by_row, rows_, eights.index(), at);
    eights.close({});
  }

  // A tile, separated if it is whole and `usable` says so.
  Value* tile(Value* first, Value* rest, Value* usable) {
    BasicBlock* separated = body_.block("separated");
    BasicBlock* plain = body_.block("plain");
    BasicBlock* summed = body_.block("summed");
    b_.CreateCondBr(b_.CreateAnd(usable, b_.CreateICmpSGE(rest, integer(tile_points))), separated, plain);
    b_.SetInsertPoint(separated);
    Value* sum = separated_tile(first);
    BasicBlock* separated_end = b_.GetInsertBlock();
    b_.CreateBr(summed);
    b_.SetInsertPoint(plain);
    Value* plain_sum = plain_tile(first, rest);
    BasicBlock* plain_end = b_.GetInsertBlock();
    b_.CreateBr(summed);
    b_.SetInsertPoint(summed);
    return body_.either({sum, separated_end}, {plain_sum, plain_end});
  }

  Value* separated_tile(Value* first) {
    if (form_.way == Way::rows) return tile_of_rows(first);
    body_.emitter.reach_bodies(calls_);
    fill_rows(first);
    Values at_tile = same_;
    at_tile.bind(form_.tile, point(splat(first)));
    fill_columns(form_.by_tile_column, tile_columns_, at_tile);
    body_.emitter.reach_bodies(Bodies::inlined);
    return form_.way == Way::products ? tile_of_products() : tile_of_points(first);
  }

  Value* tile_of_rows(Value* first) {
    Values at = same_;
    for (std::size_t k = 0; k < form_.sums.size(); ++k)
      at.bind(form_.sums[k].symbol, splat(body_.number_at(sums_, b_.getInt64(k))));
    Value* index = b_.CreateFAdd(first, llvm::ConstantFP::get(real_, form_.row_place));
    at.bind(form_.row, point(along_lanes(index, row_points())));
    return body_.formula(form_.row_sum, at);
  }

  Value* tile_of_points(Value* first) {
    Loop columns(b_, integer(form_.columns), 1, {along_lanes(first, 1), constant(0), constant(0)});
    Values at = same_;
    load_vectors(form_.by_column, columns_, columns.index(), at);
    load_vectors(form_.by_tile_column, tile_columns_, columns.index(), at);
    Loop rows(b_, integer(form_.rows), 1, {columns.carried(0), columns.carried(1), columns.carried(2)});
    load_row(columns.index(), rows.index(), at);
    at.bind(x_, point(rows.carried(0)));
    Sums sums{rows.carried(1), rows.carried(2)};
    sums.add(b_, body_.formula(form_.body, at));
    Value* below = b_.CreateFAdd(rows.carried(0), constant(row_points()));
    const auto column = rows.close({below, sums.next, sums.other});
    Value* next = b_.CreateFAdd(columns.carried(0), constant(vector_width));
    const auto all = columns.close({next, column[1], column[2]});
    return Sums{all[1], all[2]}.total(b_);
  }

  // Two rows at a time, because the sums of even and odd rows are apart.
  Value* tile_of_products() {
    Loop columns(b_, integer(form_.columns), 1, {constant(0)});
    Loop rows(b_, integer(form_.rows), 2, std::vector<Value*>(2 * form_.products.size(), constant(0)));
    std::vector<Value*> next;
    for (unsigned odd : {0U, 1U}) {
      Values at;
      load_row(columns.index(), b_.CreateAdd(rows.index(), b_.getInt64(odd)), at);
      for (const auto& product : form_.products)
        next.push_back(with_terms(rows.carried(next.size()), product.terms, at));
    }
    const auto sums = rows.close(next);
    Values at;
    load_vectors(form_.by_column, columns_, columns.index(), at);
    load_vectors(form_.by_tile_column, tile_columns_, columns.index(), at);
    Value* sum = columns.carried(0);
    for (std::size_t k = 0; k < form_.products.size(); ++k) {
      Value* all_rows = b_.CreateFAdd(sums[k], sums[k + form_.products.size()]);
      sum = with_product(sum, all_rows, form_.products[k].column, at);
    }
    return columns.close({sum})[0];
  }

  Value* with_terms(Value* sum, const std::vector<GridForm::Term>& terms, const Values& at) {
    for (const auto& term : terms) sum = with_product(sum, body_.formula(term.row, at), term.place, at);
    return sum;
  }

  // sum + a * b; b may be absent.
  Value* with_product(Value* sum, Value* a, const Expr& b, const Values& at) {
    if (!b) return b_.CreateFAdd(sum, a);
    return b_.CreateIntrinsic(llvm::Intrinsic::fma, {body_.emitter.vector_type()},
                              {a, body_.formula(b, at), sum});
  }

  void load_row(Value* column, Value* row, Values& values) {
    for (std::size_t k = 0; k < form_.by_row.size(); ++k)
      values.bind(form_.by_row[k].symbol, splat(body_.number_at(rows_[k], row)));
    load_vectors(form_.by_place, places_, place(column, row), values);
  }

  void load_vectors(const std::vector<GridForm::Named>& list, const std::vector<Value*>& memory, Value* i,
                    Values& values) {
    for (std::size_t k = 0; k < list.size(); ++k)
      values.bind(list[k].symbol, b_.CreateAlignedLoad(body_.emitter.vector_type(),
                                                       body_.vector_at(memory[k], i), llvm::Align(64)));
  }

  Symbol x_;
  GridForm form_;
  Bodies calls_;  // where time is not spent
  llvm::Type* real_;
  Body body_;
  llvm::IRBuilder<>& b_;
  GridPoints points_;
  Value *first_, *count_;
  Values same_;  // what is the same at all points: parameters, and values made of them
  PlainTile plain_;
  std::vector<Value*> columns_, places_, tile_columns_, rows_;  // memory of the lists' values
  Value* sums_ = nullptr;                                       // memory of numbers
};

}  // namespace

void emit_grid(llvm::Module& module, const KernelSource& source, const std::string& name,
               Bodies where_time_is_not_spent) {
  const auto form_of =
      where_time_is_not_spent == Bodies::outside ? analysis::short_grid_form : analysis::grid_form;
  const GridForm form = form_of(source.formula, source.axes[0]);
  const std::string wanted = symbol_of(name, Entry::grid);
  const auto emit = [&](const GridForm& one, const std::string& function, llvm::Function* otherwise) {
    return GridSum(module, source, one, function, where_time_is_not_spent).emit(otherwise);
  };
  llvm::Function* otherwise =
      form.otherwise ? emit(*form.otherwise, wanted + "_otherwise", nullptr) : nullptr;
  emit(form, wanted, otherwise);
}

}  // namespace jitegral::codegen
