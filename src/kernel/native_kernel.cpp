#include "kernel/native_kernel.h"

#include <algorithm>
#include <array>

namespace jitegral {
namespace {

constexpr std::size_t width = vector_width;
constexpr std::size_t most_axes = 16;

class Native final : public Kernel::Code {
 public:
  Native(const NativeFunctions& functions, std::uint64_t chunk, std::shared_ptr<const void> owner)
      : functions_(functions), chunk_(chunk), owner_(std::move(owner)) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    if (functions_.batch != nullptr)
      eval_batch(points, y);
    else
      for (std::size_t i = 0; i < points.count; ++i) y[i] = one_point(points.axes[0][i], points.params);
    if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
  }

  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override {
    if (functions_.grid == nullptr) return Kernel::Code::grid_sum(grid, params);
    return functions_.grid(grid.start, grid.step, static_cast<double>(grid.first),
                           static_cast<std::int64_t>(grid.count), params.data());
  }

  [[nodiscard]] std::uint64_t chunk() const noexcept override { return chunk_; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "native"; }

 private:
  [[nodiscard]] double one_point(double x, std::span<const double> params) const noexcept {
    return functions_.grid(x, 0, 0, 1, params.data());
  }

  void eval_batch(const Points& points, double* y) const noexcept {
    const std::size_t whole = points.in_whole_vectors(width);
    if (whole != 0)
      functions_.batch(points.axes.data(), points.params.data(), y, static_cast<std::int64_t>(whole));
    if (whole < points.count) eval_rest(points, whole, y);
  }

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
  std::uint64_t chunk_;
  std::shared_ptr<const void> owner_;
};

}  // namespace

Kernel native_kernel(const NativeFunctions& functions, std::uint64_t chunk,
                     std::shared_ptr<const void> owner) {
  return Kernel(std::make_shared<const Native>(functions, chunk, std::move(owner)));
}

}  // namespace jitegral
