// A Kernel whose code is machine code: what compiled formulas look like to a caller, in this process and
// inside precompiled objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "kernel/kernel.h"

namespace jitegral {

// Points that compiled code takes at once, whatever the machine's registers hold.
inline constexpr std::size_t vector_width = 8;

// Either one or the other: a kernel is made for batches or for grids, and does the other through it, slowly.
// The count of a batch is a multiple of vector_width; codegen/compile.h tells the rest.
struct NativeFunctions {
  void (*batch)(const double* const* axes, const double* params, double* y, std::int64_t count) = nullptr;
  double (*grid)(double start, double step, double first, std::int64_t count, const double* params) = nullptr;
};

// `owner` is kept as long as the code may run. `chunk` is that of Kernel::Code.
Kernel native_kernel(const NativeFunctions& functions, std::uint64_t chunk,
                     std::shared_ptr<const void> owner);

}  // namespace jitegral
