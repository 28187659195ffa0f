#include "api/fallible_kernel.h"

#include <memory>

namespace jitegral {
namespace {

class Fallible final : public Kernel::Code {
 public:
  Fallible(Kernel kernel, Failure& failure) : kernel_(std::move(kernel)), failure_(failure) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    const Failure::Scope scope(&failure_);
    kernel_.eval(points, y, noise);
  }
  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override {
    const Failure::Scope scope(&failure_);
    return kernel_.grid_sum(grid, params);
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return kernel_.chunk(); }
  [[nodiscard]] bool noisy() const noexcept override { return kernel_.noisy(); }
  void expect(std::uint64_t points) const noexcept override { kernel_.expect(points); }
  [[nodiscard]] std::string_view tier() const noexcept override { return kernel_.tier(); }

 private:
  Kernel kernel_;
  Failure& failure_;
};

}  // namespace

Kernel fallible_kernel(const Kernel& kernel, Failure& failure) {
  return Kernel(std::make_shared<const Fallible>(kernel, failure));
}

}  // namespace jitegral
