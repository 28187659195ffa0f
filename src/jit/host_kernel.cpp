#include "jit/host_kernel.h"

#include <algorithm>
#include <array>
#include <memory>

#include "expr/fold.h"

namespace jitegral::jit {
namespace {

// One operation, over columns of values.
struct Step {
  const Function* function = nullptr;  // nullptr: a number, or a symbol
  std::array<std::uint32_t, 3> arguments{};
  double number = 0;
  std::size_t symbol = none;  // the index of an axis, or behind those that of a parameter
  static constexpr std::size_t none = ~std::size_t{0};
};

class ColumnCode final : public Kernel::Code {
 public:
  explicit ColumnCode(const codegen::KernelSource& source) : formula_(source.formula) {
    std::vector<Symbol> symbols = source.axes;
    symbols.insert(symbols.end(), source.params.begin(), source.params.end());
    fold<std::uint32_t>(formula_, [&](const Node& node, std::span<const std::uint32_t> arguments) {
      add(node, arguments, symbols);
      return static_cast<std::uint32_t>(steps_.size() - 1);
    });
  }

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    std::vector<double> memory(steps_.size() * block_);
    std::vector<const double*> columns(steps_.size());
    for (std::size_t first = 0; first < points.count; first += block_) {
      const std::size_t count = std::min(block_, points.count - first);
      for (std::size_t i = 0; i < steps_.size(); ++i)
        columns[i] = column(steps_[i], points, first, count, columns, &memory[i * block_]);
      std::copy_n(columns.back(), count, y + first);
    }
    if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
  }

  [[nodiscard]] std::uint64_t chunk() const noexcept override { return block_; }
  [[nodiscard]] std::string_view tier() const noexcept override { return "host"; }

 private:
  void add(const Node& node, std::span<const std::uint32_t> arguments, std::span<const Symbol> symbols) {
    Step step{.function = node.function, .number = node.value};
    if (node.host != nullptr) block_ = std::min(block_, node.host->points_a_call());
    if (node.kind == ExprKind::variable)
      step.symbol = static_cast<std::size_t>(std::ranges::find(symbols, node.symbol) - symbols.begin());
    std::ranges::copy(arguments, step.arguments.begin());
    steps_.push_back(step);
  }

  // Where the values of a step are; `y` is memory that it may use.
  static const double* column(const Step& step, const Points& points, std::size_t first, std::size_t count,
                              std::span<const double* const> columns, double* y) {
    const std::size_t axes = points.axes.size();
    if (step.symbol < axes) return points.axes[step.symbol] + first;
    if (step.function == nullptr) {
      std::fill_n(y, count, step.symbol == Step::none ? step.number : points.params[step.symbol - axes]);
      return y;
    }
    std::array<const double*, 3> arguments{};
    const std::size_t arity = step.function->arity;
    for (std::size_t k = 0; k < arity; ++k) arguments[k] = columns[step.arguments[k]];
    if (step.function->host != nullptr) {
      step.function->host->eval(std::span(arguments).first(arity), {y, count});
      return y;
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::array<double, 3> point{};
      for (std::size_t k = 0; k < arity; ++k) point[k] = arguments[k][i];
      y[i] = step.function->scalar(point.data());
    }
    return y;
  }

  Expr formula_;  // keeps the host's functions
  std::vector<Step> steps_;
  std::size_t block_ = 512;
};

}  // namespace

Kernel host_kernel(const codegen::KernelSource& source) {
  return Kernel(std::make_shared<const ColumnCode>(source));
}

}  // namespace jitegral::jit
