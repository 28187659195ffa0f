// integrate(formula, range…, options…): which variables, which ranges, which options.
#include <algorithm>

#include "expr/fold.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "sema/elaborator.h"

namespace jitegral::sema {

using syntax::Kind;

namespace {

constexpr int deepest_integral = 16;

constexpr std::array<Option, 10> option_rows = {{
    {"n_iter", "points of a fixed grid, a whole number such as 10^6"},
    {"rule", "how to integrate, for example simpson; see functions"},
    {"tol", "relative tolerance, 1e-10 if not said otherwise"},
    {"abs_tol", "absolute tolerance, 0 if not said otherwise"},
    {"n_jobs", "threads; 0 means all cores"},
    {"backend", "tbb or serial"},
    {"max_evals", "evaluations of the formula at most"},
    {"time_limit", "seconds at most"},
    {"points", "places where the formula has kinks or jumps, as in points = [0.3, 0.7]"},
    {"pv", "1: Cauchy's principal value, where the formula has poles"},
}};

constexpr auto known_options = [] {
  std::array<std::string_view, option_rows.size()> names;
  std::ranges::transform(option_rows, names.begin(), &Option::name);
  return names;
}();

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

int integral_depth(const Expr& expr) {
  if (!expr->has_integral) return 0;
  return fold<int>(expr, [](const jitegral::Node& node, std::span<const int> inner) {
    const int deepest = inner.empty() ? 0 : std::ranges::max(inner);
    return deepest + (node.kind == ExprKind::integral ? 1 : 0);
  });
}

Expected<void> check_word(const std::string& option, const std::string& word, const Source& source, Span span,
                          const Scope& scope) {
  const auto& known = option == "rule" ? scope.rules : scope.backends;
  if (contains(known, word)) return {};
  if (option == "rule") {
    std::vector<std::string> notes;
    if (auto near = nearest(word, known)) notes.push_back("did you mean " + quoted(*near) + "?");
    return fail(Code::unknown_rule, source, span, {quoted(word)}, std::move(notes));
  }
  std::string list;
  for (std::string_view name : known) list += (list.empty() ? "" : " or ") + std::string(name);
  return fail(Code::bad_option_value, source, span, {option, list, quoted(word)});
}

}  // namespace

Expected<void> check_words(const Expr::IntegralOptions& options, const Scope& scope) {
  for (const auto& entry : options.entries)
    if (!entry.word.empty()) TRY_VOID(check_word(entry.name, entry.word, options.source, entry.span, scope));
  return {};
}

std::span<const Option> integral_options() { return option_rows; }

Elaborator::Arguments Elaborator::sort_arguments(const Node& node) const {
  Arguments sorted;
  for (NodeId child : node.children) {
    const Node& argument = tree_.node(child);
    if (argument.kind != Kind::named)
      sorted.positional.push_back(child);
    else
      (is_range_argument(tree_, argument) ? sorted.ranges : sorted.options).push_back(child);
  }
  return sorted;
}

Expected<Elaborator::Range> Elaborator::range_of(NodeId lower, NodeId upper, const Symbol& variable) const {
  TRY(from, operand(lower));
  TRY(to, operand(upper));
  return Range{variable, from, to, tree_.node(lower).span, tree_.node(upper).span};
}

Expected<std::vector<Elaborator::Range>> Elaborator::ranges(const Node& node,
                                                            const Arguments& arguments) const {
  std::vector<Range> found;
  const auto& positional = arguments.positional;
  for (NodeId id : arguments.ranges) {
    const Node& limits = tree_.node(tree_.node(id).children[0]);
    TRY(range, range_of(limits.children[0], limits.children[1], bound_.bound_by(id)));
    for (const Range& earlier : found)
      if (earlier.variable.name() == range.variable.name())
        return error(Code::duplicate_option, tree_.node(id).head, {quoted(range.variable.name())});
    found.push_back(range);
  }
  if (!found.empty()) {
    if (positional.size() == 1) return found;
    return error(Code::missing_range, positional.empty() ? node.span : tree_.node(positional[1]).span, {});
  }
  const bool one_range = positional.size() == 2 && tree_.node(positional[1]).kind == Kind::range;
  if (positional.size() != 3 && !one_range) return error(Code::missing_range, node.span, {});
  const std::vector<NodeId>& limits = one_range ? tree_.node(positional[1]).children : positional;
  TRY(range, range_of(limits[limits.size() - 2], limits[limits.size() - 1], Symbol("x")));
  found.push_back(range);
  return found;
}

// The formula has no named range: the one name in it that nothing defines is the variable.
Expected<Expr> Elaborator::bind_only_variable(NodeId formula, Range& range) const {
  TRY(body, operand(formula));
  std::vector<std::string> names;
  Symbol only;
  for (const Symbol& symbol : free_symbols(body))
    for (const auto& [name, entry] : unresolved_)
      if (entry.symbol == symbol) {
        names.push_back(quoted(name));
        only = symbol;
      }
  const std::string limits = std::string(tree_.source().slice(range.lower_span)) + ".." +
                             std::string(tree_.source().slice(range.upper_span));
  if (names.size() > 1) {
    std::string list = names[0];
    for (std::size_t i = 1; i < names.size(); ++i)
      list += (i + 1 == names.size() ? " and " : ", ") + names[i];
    return error(Code::several_variables, tree_.node(formula).span, {list, only.name(), limits});
  }
  if (names.empty()) {
    // integrate(3, 0, 1) is clear; with a user's constant in it the variable was probably meant.
    if (uses_definition_[formula] != 0) return error(Code::no_variable, tree_.node(formula).span, {limits});
    return body;
  }
  range.variable = Symbol(only.name());
  return substitute(body, {{Expr::variable(only), Expr::variable(range.variable)}});
}

// What a bare f is applied to: the ranges' variables, by name where the ranges have the names of f's
// parameters, else in the order of the ranges.
std::vector<Expr> Elaborator::variables_for(std::string_view function,
                                            const std::vector<Range>& ranges) const {
  std::vector<Expr> in_order, by_name;
  for (const Range& range : ranges) in_order.push_back(Expr::variable(range.variable));
  const auto found = scope_.definitions.find(function);
  if (found == scope_.definitions.end()) return in_order;
  for (const Symbol& parameter : found->second.parameters)
    for (const Range& range : ranges)
      if (range.variable.name() == parameter.name()) by_name.push_back(Expr::variable(range.variable));
  return by_name.size() == in_order.size() ? by_name : in_order;
}

Expected<Expr> Elaborator::integrand(const Arguments& arguments, std::vector<Range>& ranges) {
  const NodeId formula = arguments.positional[0];
  if (!names_function(formula)) {
    if (arguments.ranges.empty()) return bind_only_variable(formula, ranges[0]);
    return operand(formula);
  }
  Node call = tree_.node(formula);  // a bare f means f(x, y, …) over the ranges
  call.head = call.span;
  if (call.text == defining_) return error(Code::recursive_definition, call.head, {quoted(call.text)});
  return call_by_name(call, variables_for(call.text, ranges));
}

Expected<std::string> Elaborator::option_word(const Node& option) const {
  const Node& value = tree_.node(option.children[0]);
  std::string text(tree_.source().slice(value.span));
  TRY_VOID(check_word(option.text, text, tree_.source(), value.span, scope_));
  return text;
}

Expected<Expr::IntegralOptions::Entry> Elaborator::option(NodeId id) const {
  const Node& node = tree_.node(id);
  const Node& value = tree_.node(node.children[0]);
  Expr::IntegralOptions::Entry entry{.name = node.text, .span = value.span};
  if (!contains(known_options, node.text))
    return unknown(Code::unknown_option, node.head, node.text, known_options);
  if (node.text == "rule" || node.text == "backend") {
    TRY(word, option_word(node));
    entry.word = std::move(word);
    return entry;
  }
  const bool list = node.text == "points" && value.kind == Kind::list;
  const std::vector<NodeId> members = list ? value.children : std::vector<NodeId>{node.children[0]};
  for (NodeId member : members) {
    TRY(number, operand(member));
    if (number->has_integral)
      return error(Code::bad_option_value, value.span, {node.text, "a number", "an integral"});
    entry.values.push_back(simplify(number));
  }
  return entry;
}

Expected<std::shared_ptr<Expr::IntegralOptions>> Elaborator::options(const Node& node,
                                                                     std::span<const NodeId> ids) const {
  auto made = std::make_shared<Expr::IntegralOptions>();
  made->source = tree_.source();
  made->call = node.span;
  for (NodeId id : ids) {
    TRY(entry, option(id));
    for (const auto& earlier : made->entries)
      if (earlier.name == entry.name)
        return error(Code::duplicate_option, tree_.node(id).head, {quoted(entry.name)});
    made->entries.push_back(std::move(entry));
  }
  return made;
}

Expected<Expr> Elaborator::integral(NodeId id) {
  const Node& node = tree_.node(id);
  const Arguments arguments = sort_arguments(node);
  if (arguments.positional.empty()) return error(Code::missing_range, node.span, {});
  TRY(found, ranges(node, arguments));
  TRY(body, integrand(arguments, found));
  TRY(shared, options(node, arguments.options));
  Expr result = body;
  for (std::size_t i = found.size(); i-- > 0;) {  // the last range is the innermost
    auto own = std::make_shared<Expr::IntegralOptions>(*shared);
    own->lower = found[i].lower_span;
    own->upper = found[i].upper_span;
    result = Expr::integral(found[i].variable, result, found[i].lower, found[i].upper, std::move(own));
  }
  if (integral_depth(result) > deepest_integral)
    return error(Code::integrals_too_deep, node.span, {std::to_string(deepest_integral)});
  return result;
}

}  // namespace jitegral::sema
