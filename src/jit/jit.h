// Formula to callable native code in this process.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/compile.h"
#include "kernel/kernel.h"

namespace jitegral::jit {

// Owns the code it makes; a Kernel keeps its own code (and the machinery below it) alive, so a Jit may go
// first. Kernels are remembered: the same formula over the same variables is compiled once while it is among
// the most recently used. Thread-safe; different formulas compile at the same time.
class Jit {
 public:
  // Errors: E502 if code for the target cannot run here, E503.
  static Expected<std::unique_ptr<Jit>> create(const codegen::Target& target);
  ~Jit();

  // `grid` asks for a kernel made for grid sums (one axis), else it is made for batches (at most 16 axes).
  // Errors: E404, E503.
  Expected<Kernel> kernel(const codegen::KernelSource& source, bool grid);

  [[nodiscard]] const codegen::Target& target() const;
  // Seconds that all compiling has taken so far.
  [[nodiscard]] double compile_seconds() const;

 private:
  struct State;
  explicit Jit(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jitegral::jit
