// A Kernel whose code is machine code. Private to jit.
#pragma once

#include <memory>

#include "kernel/kernel.h"

namespace jitegral::jit {

// Either one or the other: a kernel is made for batches or for grids, and does the other through it, slowly.
struct NativeFunctions {
  void (*batch)(const double* const* axes, const double* params, double* y, std::int64_t count) = nullptr;
  double (*grid)(double start, double step, double first, std::int64_t count, const double* params) = nullptr;
};

// `owner` is kept as long as the code may run. `slow` formulas call scalar functions point by point.
Kernel native_kernel(const NativeFunctions& functions, bool slow, std::shared_ptr<const void> owner);

}  // namespace jitegral::jit
