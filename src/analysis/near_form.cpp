#include "analysis/near_form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analysis/decisions.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "functions/near.h"

namespace jitegral::analysis {
namespace {

// A bounded interval says that the value is a number in it; an unbounded one says nothing: nan and infinities
// may be among the values, of which enclosures do not speak.
struct Enclosed {
  Expr formula;
  Interval values;
};

// Whether the function is defined all over these bounded intervals. Where domains end, they end at a zero, or
// at a number beyond which there is nothing.
bool is_defined(const Function& function, std::span<const Interval> arguments) {
  if (function.domain == Function{}.domain) return true;
  std::vector<std::array<double, 3>> corners{{}};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::vector<std::array<double, 3>> more;
    for (std::array<double, 3> corner : corners)
      for (const double x :
           {arguments[i].lo, arguments[i].hi, std::clamp(0.0, arguments[i].lo, arguments[i].hi)}) {
        corner[i] = x;
        more.push_back(corner);
      }
    corners = std::move(more);
  }
  return std::ranges::none_of(corners,
                              [&](const auto& corner) { return std::isnan(function.at(corner.data())); });
}

Interval enclosure(const Node& node, std::span<const Interval> arguments) {
  const Function& function = *node.function;
  if (!std::ranges::all_of(arguments, &Interval::is_bounded))
    return is_truth_value(function.instruction) ? Interval{0, 1} : Interval::entire();
  const bool is_square =
      function.instruction == Instruction::multiply && node.arguments[0] == node.arguments[1];
  const Interval values = is_square ? square(arguments[0]) : function.enclosure(arguments.data());
  return values.is_bounded() && is_defined(function, arguments) ? values : Interval::entire();
}

bool serves(const functions::Near& near, std::span<const Interval> arguments, const Interval& values) {
  return std::ranges::equal(arguments, std::span(near.arguments).first(arguments.size()), is_within) &&
         is_within(values, near.result);
}

}  // namespace

NearForm near_form(const Expr& formula, std::span<const Known> known) {
  NearForm form;
  form.formula = fold<Enclosed>(formula, [&](const Node& node, std::span<const Enclosed> below) -> Enclosed {
                   if (node.kind == ExprKind::number) return {Expr::of(node), Interval::point(node.value)};
                   if (node.kind == ExprKind::variable) {
                     const auto found = std::ranges::find(known, node.symbol, &Known::symbol);
                     return {Expr::of(node), found == known.end() ? Interval::entire() : found->values};
                   }
                   std::vector<Expr> formulas;
                   std::vector<Interval> arguments;
                   for (const Enclosed& one : below) {
                     formulas.push_back(one.formula);
                     arguments.push_back(one.values);
                   }
                   const Interval values = enclosure(node, arguments);
                   const functions::Near* near = functions::near(*node.function);
                   if (near == nullptr || !serves(*near, arguments, values))
                     return {rebuild(node, formulas), values};
                   form.calls.push_back(Expr::of(node));
                   return {Expr::apply(near->row, formulas), values};
                 }).formula;
  return form;
}

}  // namespace jitegral::analysis
