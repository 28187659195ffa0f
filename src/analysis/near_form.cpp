#include "analysis/near_form.h"

#include <algorithm>
#include <array>

#include "expr/fold.h"
#include "expr/rebuild.h"
#include "functions/near.h"

namespace jitegral::analysis {
namespace {

struct Enclosed {
  Expr formula;
  Interval values;  // that are numbers: it may be nan, too
};

bool is_truth_value(const Function& function) {
  return function.instruction >= Instruction::less && function.instruction <= Instruction::logical_not;
}

// Enclosures speak of real numbers where a function is defined: not of infinities, and not of what a nan,
// which is neither less than a number nor not, is taken for.
Interval enclosure(const Node& node, std::span<const Interval> arguments) {
  if (is_truth_value(*node.function)) return {0, 1};
  if (!std::ranges::all_of(arguments, &Interval::is_bounded)) return Interval::entire();
  const bool is_square =
      node.function->instruction == Instruction::multiply && node.arguments[0] == node.arguments[1];
  const Interval values = is_square ? square(arguments[0]) : node.function->enclosure(arguments.data());
  return values.is_empty() ? Interval::entire() : values;
}

bool is_within(const Interval& some, const Interval& all) { return all.lo <= some.lo && some.hi <= all.hi; }

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
