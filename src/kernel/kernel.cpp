#include "kernel/kernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/compensated.h"

namespace jitegral {

namespace {

constexpr std::size_t block = 512;  // two blocks of doubles stay in the first-level cache
constexpr std::size_t lanes = 8;

// Eight interleaved sums, added in pairs: short dependency chains, one order on every machine.
double block_sum(const std::array<double, block>& y, std::size_t count) {
  std::array<double, lanes> sum{};
  for (std::size_t i = 0; i < count; ++i) sum[i % lanes] += y[i];
  for (std::size_t half = lanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) sum[i] += sum[i + half];
  }
  return sum[0];
}

}  // namespace

double Kernel::Code::grid_sum(const Grid& grid, std::span<const double> params) const noexcept {
  std::array<double, block> x{};
  std::array<double, block> y{};
  const std::array<const double*, 1> axes{x.data()};
  CompensatedSum sum;
  for (std::uint64_t done = 0; done < grid.count; done += block) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(block, grid.count - done));
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = std::fma(static_cast<double>(grid.first + done + i), grid.step, grid.start);
    }
    eval({.axes = axes, .params = params, .count = count}, y.data(), nullptr);
    sum.add(block_sum(y, count));
  }
  return sum.value();
}

double Kernel::operator()(std::span<const double> point, std::span<const double> params) const noexcept {
  constexpr std::size_t usual = 16;
  std::array<const double*, usual> few{};
  std::vector<const double*> many(point.size() > usual ? point.size() : 0);
  const std::span<const double*> axes = many.empty() ? std::span(few).first(point.size()) : std::span(many);
  std::ranges::transform(point, axes.begin(), [](const double& x) { return &x; });
  double y = 0;
  eval({.axes = axes, .params = params, .count = 1}, &y);
  return y;
}

}  // namespace jitegral
