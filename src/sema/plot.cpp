// plot formula, …, range: which curves over which range. Tables can be plotted too.
#include "expr/transform.h"
#include "sema/elaborator.h"

namespace jitegral::sema {

using syntax::Kind;
using syntax::Node;

Expected<Plot::Curve> Elaborator::curve(NodeId formula, const Range& range, const Arguments& arguments) {
  std::vector<Range> ranges{range};
  TRY(body, integrand({.positional = {formula}, .ranges = arguments.ranges}, ranges));
  TRY(resolved, closed(body));
  return Plot::Curve{std::string(tree_.source().slice(tree_.node(formula).span)), ranges[0].variable,
                     resolved};
}

Expected<Statement> Elaborator::plot_of_table(const Node& root) const {
  Statement statement{.kind = StatementKind::plot};
  for (NodeId child : root.children) {
    const Node& node = tree_.node(child);
    if (node.kind == Kind::loop) {
      TRY(one, loop(child));
      statement.loops.push_back(std::move(one));
      continue;
    }
    if (!statement.plot.curves.empty()) return error(Code::plot_needs_range, node.span, {});
    TRY(value, operand(child));
    if (!value) return error(Code::plot_needs_range, node.span, {});
    TRY(resolved, closed(value));
    statement.plot.curves.push_back({std::string(tree_.source().slice(node.span)), {}, resolved});
  }
  return statement;
}

Expected<Statement> Elaborator::plot(const Node& root) {
  if (tree_.node(root.children.back()).kind == Kind::loop) return plot_of_table(root);
  Arguments arguments = sort_arguments(root);
  if (!arguments.options.empty())
    return error(Code::misplaced_named_argument, tree_.node(arguments.options[0]).span, {quoted(root.text)});
  const bool named = arguments.ranges.size() == 1;
  const bool positional = arguments.ranges.empty() && !arguments.positional.empty() &&
                          tree_.node(arguments.positional.back()).kind == Kind::range;
  if (!named && !positional) return error(Code::plot_needs_range, root.span, {});
  const NodeId range_id = named ? arguments.ranges[0] : arguments.positional.back();
  if (positional) arguments.positional.pop_back();
  if (arguments.positional.empty()) return error(Code::plot_needs_range, root.span, {});
  const Node& limits = tree_.node(named ? tree_.node(range_id).children[0] : range_id);
  TRY(range,
      range_of(limits.children[0], limits.children[1], named ? bound_.bound_by(range_id) : Symbol("x")));
  Statement statement{.kind = StatementKind::plot};
  Plot& made = statement.plot;
  made.source = tree_.source();
  made.range = limits.span;
  TRY(lower, closed(range.lower));
  TRY(upper, closed(range.upper));
  made.lower = lower;
  made.upper = upper;
  for (NodeId formula : arguments.positional) {
    TRY(one, curve(formula, range, arguments));
    made.curves.push_back(std::move(one));
  }
  return statement;
}

}  // namespace jitegral::sema
