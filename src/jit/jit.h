// Formula to Kernel: interpreted at once, machine code as soon as the work pays for it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/compile.h"
#include "kernel/kernel.h"
#include "kernel/tier.h"

namespace jitegral::jit {

struct Settings {
  std::string cpu = "native";  // as codegen::make_target takes it
  Tier tier = Tier::automatic;
  // Where compiled kernels are kept for later processes (disk_cache.h says how safely); empty: nowhere.
  std::string cache_directory{};
};

// Owns the code it makes; a Kernel keeps its own code (and the machinery below it) alive, so a Jit may go
// first: its kernels then stay in the tier they have reached. Kernels are remembered: the same formula over
// the same variables is one kernel while it is among the most recently used. Thread-safe; different formulas
// compile at the same time. LLVM is not touched before something is compiled, unless a cpu is named.
class Jit {
 public:
  // Errors: E501, E502 if code for the cpu cannot run here.
  static Expected<std::shared_ptr<Jit>> create(const Settings& settings = {});
  // Waits for the compilation that runs in the background, if there is one.
  ~Jit();
  Jit(const Jit&) = delete;
  Jit& operator=(const Jit&) = delete;

  // `grid` asks for a kernel made for grid sums (one axis), else it is made for batches (at most 16 axes).
  // What is too large for codegen stays interpreted: the rounding bound of a large formula, for one. Errors:
  // E503 where it is compiled first.
  Expected<Kernel> kernel(const codegen::KernelSource& source, bool grid);
  // One that is made for grid sums of less than GridForm::proofs_pay points, sooner: to the same bits.
  Expected<Kernel> short_grid_kernel(const codegen::KernelSource& source);
  // The kernel for batches of a formula over one axis, and one for the bound on its rounding
  // (expr/rounding.h). That is wanted at a few points an integral: nobody waits for its machine code, not
  // even in Tier::native, though it comes once it pays. Errors: E503, of the formula.
  struct Bounded {
    Kernel kernel, rounding;
  };
  Expected<Bounded> bounded_kernel(const codegen::KernelSource& source);

  // The machine that code is made for. Errors: E503.
  Expected<codegen::Target> target();
  // Seconds that all compiling has taken so far, on all threads.
  [[nodiscard]] double compile_seconds() const;
  // The part of it that callers of kernel() waited for.
  [[nodiscard]] double waited_seconds() const;
  // The folder that JITEGRAL_CACHE_DIR or the system's conventions name; empty if there is none.
  static std::string default_cache_directory();

 private:
  struct State;
  explicit Jit(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jitegral::jit
