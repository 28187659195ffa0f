// Kernels made of lambdas, so that rules and engine are tested without a compiler.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "kernel/kernel.h"

namespace jitegral::test {

// f(x) of one variable.
template <class F>
class LambdaCode final : public Kernel::Code {
 public:
  LambdaCode(F f, std::uint64_t chunk, double noise) : f_(std::move(f)), chunk_(chunk), noise_(noise) {}
  void eval(const Points& points, double* y, double* noise) const noexcept override {
    std::transform(points.axes[0], points.axes[0] + points.count, y, f_);
    if (noise != nullptr) std::fill_n(noise, points.count, noise_);
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return chunk_; }
  [[nodiscard]] bool noisy() const noexcept override { return noise_ > 0; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "lambda"; }

 private:
  F f_;
  std::uint64_t chunk_;
  double noise_;
};

template <class F>
Kernel kernel(F f, std::uint64_t chunk = 4096, double noise = 0) {
  return Kernel(std::make_shared<LambdaCode<F>>(std::move(f), chunk, noise));
}

}  // namespace jitegral::test
