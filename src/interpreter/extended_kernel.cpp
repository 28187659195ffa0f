#include "interpreter/extended_kernel.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "expr/fold.h"
#include "functions/extended.h"

namespace jitegral::interpreter {
namespace {

class ExtendedCode final : public Kernel::Code {
 public:
  ExtendedCode(const Expr& formula, const Symbol& variable) {
    fold<std::uint32_t>(formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
      add(node, arguments, variable);
      return static_cast<std::uint32_t>(steps_.size() - 1);
    });
  }

  [[nodiscard]] bool complete() const { return complete_; }

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    std::vector<long double> memory(steps_.size() * block);
    for (std::size_t first = 0; first < points.count; first += block) {
      const std::size_t count = std::min(block, points.count - first);
      for (std::size_t i = 0; i < steps_.size(); ++i)
        column(steps_[i], points.axes[0] + first, points.params[0], count, memory.data(), &memory[i * block]);
      std::ranges::transform(std::span(memory).last(block).first(count), y + first,
                             [](long double value) { return static_cast<double>(value); });
    }
    if (noise != nullptr) std::fill_n(noise, points.count, 0.0);
  }

  [[nodiscard]] std::string_view tier() const noexcept override { return "extended"; }

 private:
  static constexpr std::size_t block = 64;

  struct Step {
    functions::Extended at = nullptr;
    std::size_t arity = 0;
    std::array<std::uint32_t, 3> arguments{};
    double number = 0;
    bool is_variable = false;
  };

  void add(const Node& node, std::span<const std::uint32_t> arguments, const Symbol& variable) {
    Step step{.arity = arguments.size(), .number = node.value};
    step.is_variable = node.kind == ExprKind::variable && node.symbol == variable;
    if (node.kind == ExprKind::apply && node.host == nullptr) step.at = functions::extended(*node.function);
    complete_ = complete_ && (node.kind == ExprKind::number || step.is_variable || step.at != nullptr);
    if (complete_) std::ranges::copy(arguments, step.arguments.begin());
    steps_.push_back(step);
  }

  static void column(const Step& step, const double* x, double origin, std::size_t count,
                     const long double* memory, long double* y) {
    for (std::size_t i = 0; i < count; ++i) {
      if (step.at == nullptr) {
        y[i] = step.is_variable ? static_cast<long double>(origin) + x[i] : step.number;
        continue;
      }
      std::array<long double, 3> arguments{};
      for (std::size_t k = 0; k < step.arity; ++k) arguments[k] = memory[step.arguments[k] * block + i];
      y[i] = step.at(arguments.data());
    }
  }

  std::vector<Step> steps_;
  bool complete_ = true;
};

}  // namespace

std::optional<Kernel> extended_kernel(const Expr& formula, const Symbol& variable) {
  auto code = std::make_shared<const ExtendedCode>(formula, variable);
  if (!code->complete()) return std::nullopt;
  return Kernel(std::move(code));
}

}  // namespace jitegral::interpreter
