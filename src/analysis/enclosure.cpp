#include "analysis/enclosure.h"

#include <algorithm>
#include <array>

#include "expr/fold.h"

namespace jitegral::analysis {

Enclosure::Enclosure(const Expr& formula, const Symbol& variable, const Bindings& bindings) {
  static const Function& times = functions::operation(Instruction::multiply);
  fold<std::uint32_t>(formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
    Step step;
    if (node.kind == ExprKind::number) step.constant = Interval::point(node.value);
    if (node.kind == ExprKind::variable && node.symbol == variable) step.kind = Kind::variable;
    if (node.kind == ExprKind::variable && step.kind == Kind::constant)
      if (const double* value = bindings.find(node.symbol)) step.constant = Interval::point(*value);
    if (node.kind == ExprKind::apply) {
      const bool same = node.function == &times && arguments[0] == arguments[1];
      step.kind = same ? Kind::square : Kind::apply;
      step.enclose = node.function->enclosure;
      step.arity = static_cast<std::uint8_t>(arguments.size());
      std::ranges::copy(arguments, step.arguments);
    }
    steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  });
  values_.resize(steps_.size());
}

Interval Enclosure::operator()(const Interval& range) const {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    switch (step.kind) {
      case Kind::constant:
        values_[i] = step.constant;
        break;
      case Kind::variable:
        values_[i] = range;
        break;
      case Kind::square:
        values_[i] = square(values_[step.arguments[0]]);
        break;
      case Kind::apply:
        std::array<Interval, 3> arguments;
        for (std::size_t k = 0; k < step.arity; ++k) arguments[k] = values_[step.arguments[k]];
        values_[i] = step.enclose(arguments.data());
        break;
    }
  }
  return values_.back();
}

}  // namespace jitegral::analysis
