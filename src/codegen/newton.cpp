#include "codegen/newton.h"

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "codegen/compile.h"

namespace jitegral::codegen {

using llvm::Value;

namespace {

constexpr int lanes = vector_width;

llvm::Type* words(llvm::IRBuilder<>& b) { return llvm::FixedVectorType::get(b.getInt32Ty(), 2 * lanes); }
llvm::Type* integers(llvm::IRBuilder<>& b) { return llvm::FixedVectorType::get(b.getInt64Ty(), lanes); }

llvm::Constant* all(llvm::Type* vector, double value) { return llvm::ConstantFP::get(vector, value); }
llvm::Constant* all(llvm::Type* vector, std::uint64_t value) { return llvm::ConstantInt::get(vector, value); }

// Halves of a vector.
Value* lower(llvm::IRBuilder<>& b, Value* x) { return b.CreateShuffleVector(x, {0, 1, 2, 3}); }
Value* upper(llvm::IRBuilder<>& b, Value* x) { return b.CreateShuffleVector(x, {4, 5, 6, 7}); }

}  // namespace

void Newton::add_doubt(Value* bits) {
  doubt_ = b_.CreateOr(doubt_, b_.CreateOr(lower(b_, bits), upper(b_, bits)));
}

Value* Newton::fma(Value* x, Value* y, Value* z) {
  return b_.CreateIntrinsic(llvm::Intrinsic::fma, {x->getType()}, {x, y, z});
}

// Both halves from the inverse of their product: y has an error of three roundings, and after one step of
// Newton's of little more than half a place. So does e = 1 - xy bound the error of y + ey: it is e^2,
// relative, while no 1/x is closer than 2^-106 to the middle m of two doubles (53 and 54 bits make |1 - xm|
// at least that, for xm is not 1). What is left to doubt is |e| >= 2^-53: an x with the largest mantissas,
// and every y that overflow, underflow or a NaN have spoiled. e itself is exact below that.
Value* Newton::reciprocal(Value* x) {
  llvm::Type* type = x->getType();
  Value* one = all(type, 1.0);
  Value *a = lower(b_, x), *b = upper(b_, x);
  Value* inverse = b_.CreateFDiv(all(a->getType(), 1.0), b_.CreateFMul(a, b));
  Value* y =
      b_.CreateShuffleVector(b_.CreateFMul(inverse, b), b_.CreateFMul(inverse, a), {0, 1, 2, 3, 4, 5, 6, 7});
  Value* minus_x = b_.CreateFNeg(x);
  y = fma(fma(minus_x, y, one), y, y);
  Value* e = fma(minus_x, y, one);
  Value* size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, e);
  add_doubt(b_.CreateSExt(b_.CreateFCmpUGE(size, all(type, 0x1p-53)), integers(b_)));
  return fma(e, y, y);
}

// x with so many units of its last place added.
Value* Newton::moved(Value* x, std::int64_t places) {
  Value* bits = b_.CreateBitCast(x, integers(b_));
  return b_.CreateBitCast(b_.CreateAdd(bits, all(integers(b_), static_cast<std::uint64_t>(places))),
                          x->getType());
}

// From vrsqrtps: Intel and AMD promise a relative error of at most 1.5 * 2^-12, and differ. Exponents change
// places as integers; in the order of words below, each step is one instruction for a register. 128 exponents
// are served: floats have few more.
Value* Newton::estimate_half_inverse_root(Value* x) {
  llvm::Type* narrow = llvm::FixedVectorType::get(b_.getInt32Ty(), lanes);
  const auto at = [&](unsigned place, std::uint64_t exponent) { return all(narrow, exponent << place); };
  constexpr std::uint64_t bias = 1023, narrow_bias = 127, served = 128;
  Value* high = b_.CreateShuffleVector(b_.CreateBitCast(x, words(b_)), {1, 3, 9, 11, 5, 7, 13, 15});
  Value* scaled = b_.CreateSub(high, at(20, bias - served / 2));
  Value* beyond = b_.CreateLShr(scaled, 27);
  doubt_ = b_.CreateOr(doubt_, b_.CreateBitCast(beyond, doubt_->getType()));
  Value* bits = b_.CreateAdd(b_.CreateShl(scaled, 3), at(23, narrow_bias - served / 2));
  Value* estimate =
      b_.CreateIntrinsic(llvm::Intrinsic::x86_avx_rsqrt_ps_256, {},
                         {b_.CreateBitCast(bits, llvm::FixedVectorType::get(b_.getFloatTy(), lanes))});
  Value* half =
      b_.CreateAdd(b_.CreateLShr(b_.CreateBitCast(estimate, narrow), 3), at(20, bias - narrow_bias - 1));
  Value* wide = b_.CreateShuffleVector(llvm::Constant::getNullValue(narrow), half,
                                       {0, 8, 0, 9, 0, 12, 0, 13, 0, 10, 0, 11, 0, 14, 0, 15});
  return b_.CreateBitCast(wide, x->getType());
}

// With g near the root s of x and d = x - g^2, s = g + d/(g + s). One step of fourth order leaves an error of
// 2^-43 in h = 1/(2s), so 1/(g + s) lies between h - 2^-39 h and h + 2^-39 h, and s between the two sums;
// where both round to the same double, that is the root.
Value* Newton::root(Value* x) {
  llvm::Type* type = x->getType();
  Value* h = estimate_half_inverse_root(x);
  Value* g = b_.CreateFMul(b_.CreateFAdd(x, x), h);
  Value* r = fma(b_.CreateFNeg(g), h, all(type, 0.5));
  Value* series = fma(fma(all(type, 2.5), r, all(type, 1.5)), r, all(type, 1.0));
  Value* correction = b_.CreateFMul(r, series);
  g = fma(g, correction, g);
  h = fma(h, correction, h);
  Value* d = fma(b_.CreateFNeg(g), g, x);
  constexpr std::int64_t margin = 1 << 14;
  Value* low = fma(d, moved(h, -margin), g);
  Value* high = fma(d, moved(h, margin), g);
  add_doubt(b_.CreateXor(b_.CreateBitCast(low, integers(b_)), b_.CreateBitCast(high, integers(b_))));
  return low;
}

}  // namespace jitegral::codegen
