#include "analysis/error_tolerance.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "expr/fold.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

// What is known of a subexpression's values on a bounded range of the variables.
struct Size {
  bool bounded = false;
  bool never_negative = false;
  bool away_from_zero = false;  // positive, and more than some positive number

  [[nodiscard]] bool positive() const { return never_negative && away_from_zero; }
};

// Analytic on the whole real line, so bounded and of bounded slope on every bounded range.
bool is_entire(const Function& function) { return function.smooth && function.domain == Function{}.domain; }

bool is_bounded(const Function& function) {
  return is_entire(function) || function.instruction == I::square_root || function.instruction == I::absolute;
}

Size size_of_product(const Node& node, const Size& a, const Size& b) {
  const bool square = node.arguments[0] == node.arguments[1];
  return {a.bounded && b.bounded, square || (a.never_negative && b.never_negative),
          a.away_from_zero && b.away_from_zero};
}

Size size_of_sum(const Size& a, const Size& b) {
  const bool never_negative = a.never_negative && b.never_negative;
  return {a.bounded && b.bounded, never_negative, never_negative && (a.away_from_zero || b.away_from_zero)};
}

Size size_of_call(const Function& function, std::span<const Size> below) {
  const bool bounded = is_bounded(function) && std::ranges::all_of(below, &Size::bounded);
  const bool root = function.instruction == I::square_root || function.instruction == I::absolute;
  return {bounded, root, root && below[0].away_from_zero};
}

Size size_of(const Node& node, std::span<const Size> below) {
  if (node.kind == ExprKind::number) return {true, node.value >= 0, node.value > 0};
  if (node.kind != ExprKind::apply) return {.bounded = true};
  switch (node.function->instruction) {
    case I::add:
      return size_of_sum(below[0], below[1]);
    case I::multiply:
      return size_of_product(node, below[0], below[1]);
    case I::divide:
      return {below[0].bounded && below[1].positive(), below[0].never_negative && below[1].never_negative,
              false};
    default:
      return size_of_call(*node.function, below);
  }
}

using Sizes = std::unordered_map<const Node*, Size>;

Tolerance at_most(Tolerance a, Tolerance b) { return std::min(a, b); }

// What argument i of a node may have, if the node itself may have `here`.
Tolerance below(const Node& node, std::size_t i, Tolerance here, const Sizes& sizes) {
  using enum Tolerance;
  const auto size = [&](std::size_t k) { return sizes.at(node.arguments[k].node()); };
  switch (node.function->instruction) {
    case I::multiply:
      return size(1 - i).bounded ? here : at_most(here, relative);
    case I::divide:
      return i == 0 && size(1).positive() ? here : at_most(here, relative);
    case I::select:
      return i == 0 ? none : here;
    case I::square_root:
      return at_most(here, relative);
    default:
      if (is_entire(*node.function) || node.function->instruction == I::absolute) return here;
      return node.function->smooth ? at_most(here, relative) : none;
  }
}

}  // namespace

std::unordered_map<const Node*, Tolerance> error_tolerances(const Expr& formula) {
  Sizes sizes;
  std::vector<const Node*> arguments_first;
  fold<Size>(formula, [&](const Node& node, std::span<const Size> below) {
    arguments_first.push_back(&node);
    return sizes[&node] = size_of(node, below);
  });
  std::unordered_map<const Node*, Tolerance> tolerances;
  for (const Node* node : arguments_first) tolerances[node] = Tolerance::absolute;
  for (const Node* node : std::views::reverse(arguments_first)) {
    if (node->kind != ExprKind::apply) continue;
    for (std::size_t i = 0; i < node->arguments.size(); ++i) {
      Tolerance& argument = tolerances[node->arguments[i].node()];
      argument = at_most(argument, below(*node, i, tolerances[node], sizes));
    }
  }
  return tolerances;
}

}  // namespace jitegral::analysis
