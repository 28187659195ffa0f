// Formula to machine code in this process: the compiler and ORC's linker. Private to jit.
#pragma once

#include <memory>
#include <string>

#include "analysis/grid_form.h"
#include "base/diagnostic.h"
#include "codegen/compile.h"
#include "kernel/kernel.h"

namespace jitegral::jit {

// Thread-safe; kernels keep alive what they need of it.
class NativeMaker {
 public:
  // `cache_directory`: where compiled kernels are kept for later processes; empty: nowhere. Errors: E502,
  // E503.
  static Expected<std::unique_ptr<NativeMaker>> create(const codegen::Target& target,
                                                       const std::string& cache_directory);
  ~NativeMaker();

  // As Jit::kernel: one that evaluates batches, or one that sums grids, long ones or only short ones.
  Expected<Kernel> batch(const codegen::KernelSource& source);
  Expected<Kernel> grid(const codegen::KernelSource& source, bool is_short);
  [[nodiscard]] const codegen::Target& target() const;

 private:
  Expected<Kernel> grid_of_points(const codegen::KernelSource& source, std::uint64_t chunk);
  Expected<Kernel> grid_of_rows(const codegen::KernelSource& source, analysis::GridForm form);
  struct State;
  explicit NativeMaker(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jitegral::jit
