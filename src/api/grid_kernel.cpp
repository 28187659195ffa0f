#include "api/grid_kernel.h"

#include <algorithm>
#include <utility>

#include "analysis/grid_form.h"
#include "analysis/near_form.h"

namespace jitegral {

GridKernel::GridKernel(codegen::KernelSource source, std::shared_ptr<jit::Jit> jit)
    : source_(std::move(source)), jit_(std::move(jit)) {}

Expr GridKernel::near_formula(const Box& box) const {
  std::vector<analysis::Known> known{{source_.axes[0], box[0]}};
  for (std::size_t i = 0; i < source_.params.size(); ++i) known.push_back({source_.params[i], box[i + 1]});
  return analysis::near_form(source_.formula, known).formula;
}

Expected<Kernel> GridKernel::on(const plan::Extent& extent, std::span<const double> params) const {
  Box box{extent.range};
  for (const double value : params) box.push_back(Interval::point(value));
  if (extent.points < analysis::GridForm::proofs_pay) return short_grids();
  std::unique_lock lock(making_);
  if (near_.kernel && std::ranges::equal(box, near_.proven, is_within)) return near_.kernel;
  const Expr formula = near_formula(box);
  if (formula == source_.formula || (near_.kernel && formula != near_.formula)) {
    lock.unlock();
    return everywhere();
  }
  if (near_.kernel) {
    Box both;
    std::ranges::transform(box, near_.proven, std::back_inserter(both), hull);
    near_.proven = near_formula(both) == formula ? both : box;
  } else {
    TRY(kernel, jit_->kernel({formula, source_.axes, source_.params}, true));
    near_ = {formula, kernel, box};
  }
  return near_.kernel;
}

template <class Make>
Expected<Kernel> GridKernel::once(Kernel& kernel, Make make) const {
  const std::scoped_lock lock(making_);
  if (!kernel) {
    TRY(made, make());
    kernel = made;
  }
  return kernel;
}

Expected<Kernel> GridKernel::everywhere() const {
  return once(everywhere_, [this] { return jit_->kernel(source_, true); });
}

Expected<Kernel> GridKernel::short_grids() const {
  return once(short_, [this] { return jit_->short_grid_kernel(source_); });
}

}  // namespace jitegral
