// The integrand of an integral that has integrals inside, as a Kernel. Private to api.
#pragma once

#include <atomic>
#include <vector>

#include "api/evaluation.h"
#include "api/prepared.h"
#include "kernel/kernel.h"

namespace jitegral {

// Lives for one run: everything it is given must outlive it.
class NestedKernel final : public Kernel::Code {
 public:
  // `inside` is what the inner integrals inherit; points are shared out among `jobs`.
  NestedKernel(const Integrand& integrand, const Surroundings& inside, const engine::Jobs& jobs,
               Evaluation& run)
      : integrand_(integrand), inside_(inside), jobs_(jobs), run_(run) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override;
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return 8; }
  [[nodiscard]] bool noisy() const noexcept override { return true; }
  [[nodiscard]] std::string_view tier() const noexcept override { return integrand_.body.tier(); }
  // Of the innermost formulas, so far.
  [[nodiscard]] std::uint64_t evaluations() const noexcept { return evaluations_; }

 private:
  using Columns = std::vector<std::vector<double>>;
  void fill(const Points& points, std::size_t i, Columns& columns) const;

  const Integrand& integrand_;
  const Surroundings& inside_;
  engine::Jobs jobs_;
  Evaluation& run_;
  mutable std::atomic<std::uint64_t> evaluations_ = 0;
};

}  // namespace jitegral
