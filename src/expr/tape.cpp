#include "expr/tape.h"

#include <algorithm>
#include <array>

#include "base/scratch.h"
#include "expr/fold.h"

namespace jitegral {

Tape::Tape(const Expr& formula, std::span<const Symbol> symbols) : formula_(formula) {
  fold<std::uint32_t>(formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
    Step step{.number = node.value, .is_symbol = node.kind == ExprKind::variable};
    if (step.is_symbol)
      step.arguments[0] =
          static_cast<std::uint32_t>(std::ranges::find(symbols, node.symbol) - symbols.begin());
    if (node.kind == ExprKind::apply) {
      step.function = node.function;
      step.arity = static_cast<std::uint8_t>(arguments.size());
      std::ranges::copy(arguments, step.arguments);
    }
    steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  });
}

double Tape::operator()(std::span<const double> values) const {
  const Scratch<64> scratch(steps_.size());
  const std::span<double> results = scratch.all();
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    if (step.function == nullptr) {
      results[i] = step.is_symbol ? values[step.arguments[0]] : step.number;
      continue;
    }
    std::array<double, 3> arguments{};
    for (std::size_t k = 0; k < step.arity; ++k) arguments[k] = results[step.arguments[k]];
    results[i] = step.function->at(arguments.data());
  }
  return results.back();
}

}  // namespace jitegral
