// A Kernel whose code is machine code. Private to jit.
#pragma once

#include <memory>

#include "kernel/kernel.h"

namespace jitegral::jit {

struct NativeFunctions {
  void (*batch)(const double* const* axes, const double* params, double* y, std::int64_t count) = nullptr;
  // nullptr if the kernel was made without
  double (*grid)(double start, double step, double first, std::int64_t groups,
                 const double* params) = nullptr;
};

// `owner` is kept as long as the code may run. `slow` formulas call scalar functions point by point.
Kernel native_kernel(const NativeFunctions& functions, bool slow, std::shared_ptr<const void> owner);

}  // namespace jitegral::jit
