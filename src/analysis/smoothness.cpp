#include "analysis/smoothness.h"

#include <algorithm>
#include <cmath>

#include "expr/fold.h"

namespace jitegral::analysis {
namespace {

// x^n is a polynomial or has a pole, unlike x^p.
bool is_whole_power(const Node& node) {
  static const Function& power = *functions::find("^");
  return node.function == &power && node.arguments[1].is_number() &&
         std::trunc(node.arguments[1]->value) == node.arguments[1]->value;
}

bool is_smooth_node(const Node& node) {
  return node.kind != ExprKind::apply || node.function->smooth || is_whole_power(node);
}

}  // namespace

bool is_smooth(const Expr& formula) {
  return fold<int>(formula, [](const Node& node, std::span<const int> below) {
           return is_smooth_node(node) && std::ranges::find(below, 0) == below.end() ? 1 : 0;
         }) != 0;
}

}  // namespace jitegral::analysis
