#include "jit/native_kernel.h"

#include <algorithm>
#include <array>

#include "codegen/compile.h"

namespace jitegral::jit {
namespace {

constexpr std::size_t width = codegen::vector_width;
constexpr std::size_t most_axes = 16;

class Native final : public Kernel::Code {
 public:
  Native(const NativeFunctions& functions, bool slow, std::shared_ptr<const void> owner)
      : functions_(functions), slow_(slow), owner_(std::move(owner)) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    const std::size_t whole = points.count / width * width;
    if (whole != 0)
      functions_.batch(points.axes.data(), points.params.data(), y, static_cast<std::int64_t>(whole));
    if (whole != points.count) eval_rest(points, whole, y);
    if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
  }

  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override {
    if (functions_.grid == nullptr) return Kernel::Code::grid_sum(grid, params);
    const auto groups = static_cast<std::int64_t>(grid.count) / codegen::grid_group;
    const auto done = static_cast<std::uint64_t>(groups * codegen::grid_group);
    double sum = 0;
    if (groups != 0)
      sum = functions_.grid(grid.start, grid.step, static_cast<double>(grid.first), groups, params.data());
    if (done != grid.count)
      sum += Kernel::Code::grid_sum({grid.start, grid.step, grid.first + done, grid.count - done}, params);
    return sum;
  }

  [[nodiscard]] std::uint64_t chunk() const noexcept override { return slow_ ? 64 : 4096; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "native"; }

 private:
  // The last few points, filled up to a whole vector with copies of the last one.
  void eval_rest(const Points& points, std::size_t whole, double* y) const noexcept {
    std::array<std::array<double, width>, most_axes> padded;
    std::array<const double*, most_axes> axes{};
    std::array<double, width> values;
    const std::size_t rest = points.count - whole;
    for (std::size_t k = 0; k < points.axes.size(); ++k) {
      for (std::size_t i = 0; i < width; ++i) padded[k][i] = points.axes[k][whole + std::min(i, rest - 1)];
      axes[k] = padded[k].data();
    }
    functions_.batch(axes.data(), points.params.data(), values.data(), width);
    std::copy_n(values.begin(), rest, y + whole);
  }

  NativeFunctions functions_;
  bool slow_;
  std::shared_ptr<const void> owner_;
};

}  // namespace

Kernel native_kernel(const NativeFunctions& functions, bool slow, std::shared_ptr<const void> owner) {
  return Kernel(std::make_shared<const Native>(functions, slow, std::move(owner)));
}

}  // namespace jitegral::jit
