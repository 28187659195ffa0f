// The waist of the house: whoever makes code for a formula hands over a Kernel, and whoever integrates uses
// one without knowing who made it (native code, a composition of nested integrals, a test's lambda).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace jitegral {

// `count` points, structure of arrays: axes[k][i] is the k-th variable at point i. `params` are values that
// are the same at all points.
struct Points {
  std::span<const double* const> axes;
  std::span<const double> params;
  std::size_t count = 0;
  // The columns, and that of the values, go on to a whole vector (vector_width in native_kernel.h): what lies
  // beyond `count` is finite, and may be evaluated and written over.
  bool padded = false;

  // Those of them, from the first on, that may be evaluated as whole vectors of `width`, and any that fill up
  // the last.
  [[nodiscard]] std::size_t in_whole_vectors(std::size_t width) const {
    return (count + (padded ? width - 1 : 0)) / width * width;
  }
};

// The points fma(i, step, start) for i = first, first + 1, … first + count - 1 of one variable. Indices stay
// below 2^53, so that i is exact as a double.
struct Grid {
  double start = 0;
  double step = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

// A formula that can be evaluated. A handle: copies share the code and keep it alive. Thread-safe.
class Kernel {
 public:
  static constexpr std::uint64_t usual_chunk = 4096;

  // What a maker of code implements.
  class Code {
   public:
    Code() = default;
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    virtual ~Code() = default;
    // y[i] = f at point i. If `noise` is not null, noise[i] gets a bound on the absolute error of y[i] beyond
    // rounding (zero unless f itself contains integrals).
    virtual void eval(const Points& points, double* y, double* noise) const noexcept = 0;
    // The plain sum of f over a grid; the order of summation depends on the grid only. By default through
    // eval.
    [[nodiscard]] virtual double grid_sum(const Grid& grid, std::span<const double> params) const noexcept;
    // Points that take well under 10 ms together: work is handed out, and cancellation looked at, in such
    // chunks. A property of the formula alone, because the reduction tree is made of chunks.
    [[nodiscard]] virtual std::uint64_t chunk() const noexcept { return usual_chunk; }
    // True if eval can report noise.
    [[nodiscard]] virtual bool noisy() const noexcept { return false; }
    // Says that about so many points are going to be asked for soon: whoever can make faster code may begin.
    virtual void expect(std::uint64_t /*points*/) const noexcept {}
    // Who evaluates now, for reports: "native", "interpreter".
    [[nodiscard]] virtual std::string_view tier() const noexcept = 0;
  };

  Kernel() = default;
  explicit Kernel(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
  explicit operator bool() const { return code_ != nullptr; }

  void eval(const Points& points, double* y, double* noise = nullptr) const noexcept {
    code_->eval(points, y, noise);
  }
  // One point; the thin wrapper around a batch of one.
  [[nodiscard]] double operator()(std::span<const double> point,
                                  std::span<const double> params = {}) const noexcept;
  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept {
    return code_->grid_sum(grid, params);
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept { return code_->chunk(); }
  [[nodiscard]] bool noisy() const noexcept { return code_->noisy(); }
  void expect(std::uint64_t points) const noexcept { code_->expect(points); }
  [[nodiscard]] std::string_view tier() const noexcept { return code_->tier(); }
  [[nodiscard]] const std::shared_ptr<const Code>& code() const { return code_; }

 private:
  std::shared_ptr<const Code> code_;
};

}  // namespace jitegral
