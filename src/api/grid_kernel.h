// The kernel that sums a formula over a grid, chosen when the grid is known. Private to api.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"
#include "codegen/compile.h"
#include "jit/jit.h"
#include "plan/schedule.h"

namespace jitegral {

// A formula of one axis has at most three kernels: one for few points, one for all points, and one for the
// first range on which some of its functions need not care for all arguments (analysis/near_form.h), which
// serves other ranges and parameters as long as the same can be proven of them. All give the same bits.
// Thread-safe.
class GridKernel {
 public:
  GridKernel(codegen::KernelSource source, std::shared_ptr<jit::Jit> jit);

  // For these points, and these values of the parameters. Errors: E503.
  Expected<Kernel> on(const plan::Extent& extent, std::span<const double> params) const;
  // For all points. Errors: E503.
  [[nodiscard]] Expected<Kernel> everywhere() const;

 private:
  using Box = std::vector<Interval>;  // of the axis and the parameters
  struct Near {
    Expr formula;
    Kernel kernel;
    Box proven;
  };
  [[nodiscard]] Expr near_formula(const Box& box) const;
  [[nodiscard]] Expected<Kernel> short_grids() const;
  // `kernel`, made when it is first asked for.
  template <class Make>
  Expected<Kernel> once(Kernel& kernel, Make make) const;

  codegen::KernelSource source_;
  std::shared_ptr<jit::Jit> jit_;
  mutable std::mutex making_;
  mutable Kernel short_, everywhere_;
  mutable Near near_;
};

}  // namespace jitegral
