// Expr to machine code: an object file in memory. JIT and AOT share everything up to here.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/target.h"
#include "expr/expr.h"
#include "kernel/native_kernel.h"

namespace jitegral::codegen {

// A formula as a function of variables (one value a point) and parameters (one value a call). It must have no
// other free symbols and no integrals.
struct KernelSource {
  Expr formula;
  std::vector<Symbol> axes;
  std::vector<Symbol> params;
};

// The functions that an object can export for a kernel called NAME.
enum class Entry : std::uint8_t {
  batch,   // void NAME_batch(const double* const* axes, const double* params, double* y, int64_t count)
           //   count is a multiple of 8
  grid,    // double NAME_grid(double start, double step, double first, int64_t count, const double* params)
           //   the sum over the points fma(i, step, start), first <= i < first + count, of one axis, as
           //   analysis/grid_form.h says
  scalar,  // double NAME(double x, double y, ...) over all axes; for precompiled objects
};

// The function that an entry of the kernel NAME is.
std::string symbol_of(const std::string& name, Entry entry);

inline constexpr auto vector_width = static_cast<std::int64_t>(jitegral::vector_width);
inline constexpr std::size_t largest_kernel = 8000;  // nodes of a formula that is still given to LLVM

// A formula under the name that its functions get in the object.
struct Export {
  KernelSource source;
  std::string name;
  std::vector<Entry> entries;
};

// What the bytes of compiled code are.
enum class Form : std::uint8_t { object, assembly, ir, bitcode };

struct Object {
  std::string bytes;  // ELF, or the text that was asked for
};

// Compiles for one target. Thread-safe: every call has its own LLVM context, TargetMachines are pooled.
class Compiler {
 public:
  explicit Compiler(Target target);
  ~Compiler();
  Compiler(const Compiler&) = delete;
  Compiler& operator=(const Compiler&) = delete;

  [[nodiscard]] const Target& target() const { return target_; }
  // Errors: E404 (too large), E503.
  // A self-contained object has all of vecmath in it that it uses; others call jtg_cold_NAME and jtn_NAME of
  // this process where time is not spent.
  Expected<Object> compile(std::span<const Export> exports, bool self_contained, Form form = Form::object);

 private:
  class Machines;
  Target target_;
  std::unique_ptr<Machines> machines_;
};

// Names of the scalar functions that compiled code may call: jts_NAME for rows whose lowering is `call`,
// taking a pointer to the arguments.
std::string call_symbol(const Function& function);
// The same for rows whose lowering is vecmath: jtn_NAME, a vecmath::Block.
std::string outside_symbol(const Function& function);

}  // namespace jitegral::codegen
