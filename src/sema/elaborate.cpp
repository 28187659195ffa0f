// Entry: elaborate(). One walk from the leaves up gives every node its Expr; what a name means comes from
// BoundNames, the Scope and the function table, in this order. Integrals are in integral.cpp.
#include "sema/elaborate.h"

#include <algorithm>
#include <charconv>

#include "expr/fold.h"
#include "expr/transform.h"
#include "sema/elaborator.h"

namespace jitegral::sema {

using syntax::Kind;
using syntax::Node;
using syntax::NodeId;

namespace {

constexpr std::string_view last_result = "ans";

std::string count_of(std::size_t n) { return std::to_string(n) + (n == 1 ? " argument" : " arguments"); }

std::string arity_text(const Function& function) {
  if (function.max_arity == Function::any_number) return "at least " + count_of(function.arity);
  return count_of(function.arity);
}

}  // namespace

Elaborator::Elaborator(const syntax::Tree& tree, const Scope& scope, std::span<const Symbol> arguments)
    : tree_(tree),
      scope_(scope),
      bound_(tree, arguments),
      values_(tree.size()),
      uses_definition_(tree.size(), 0) {
  const Node& root = tree.node(tree.root());
  is_parameter_.assign(tree.size(), 0);
  if (root.kind == Kind::function_definition) {
    defining_ = root.text;
    for (std::size_t i = 1; i < root.children.size(); ++i) is_parameter_[root.children[i]] = 1;
  }
  // A function's bare name is welcome where integrate expects its formula.
  function_welcome_.assign(tree.size(), 0);
  for (NodeId id = 0; id < tree.size(); ++id)
    if (tree.node(id).kind == Kind::call && tree.node(id).text == "integrate")
      for (NodeId child : tree.node(id).children)
        if (tree.node(child).kind == Kind::name) {
          function_welcome_[child] = 1;
          break;
        }
  if (root.kind == Kind::plot)
    for (NodeId child : root.children) function_welcome_[child] = 1;
}

std::unexpected<Diagnostic> Elaborator::error(Code code, Span span, std::vector<std::string> args) const {
  return fail(code, tree_.source(), span, std::move(args));
}

std::unexpected<Diagnostic> Elaborator::unknown(Code code, Span span, std::string_view name,
                                                std::span<const std::string_view> known) const {
  std::vector<std::string> notes;
  if (auto near = nearest(name, known)) notes.push_back("did you mean " + quoted(*near) + "?");
  return fail(code, tree_.source(), span, {quoted(name)}, std::move(notes));
}

std::vector<std::string_view> Elaborator::function_names() const {
  std::vector<std::string_view> names = functions::function_names();
  names.emplace_back("integrate");
  for (const auto& [name, definition] : scope_.definitions)
    if (definition.is_function) names.push_back(name);
  return names;
}

std::vector<std::string_view> Elaborator::value_names() const {
  std::vector<std::string_view> names = functions::constant_names();
  for (const auto& [name, definition] : scope_.definitions)
    if (!definition.is_function) names.push_back(name);
  for (std::string_view name : function_names()) names.push_back(name);
  return names;
}

bool Elaborator::names_function(NodeId id) const {
  const Node& node = tree_.node(id);
  if (node.kind != Kind::name || bound_.find(id, node.text) != nullptr) return false;
  if (auto found = scope_.definitions.find(node.text); found != scope_.definitions.end())
    return found->second.is_function;
  const Function* function = functions::find(node.text);
  return functions::find_constant(node.text) == nullptr && function != nullptr && function->can_be_called();
}

// %7, or ans for the last one.
Expected<Expr> Elaborator::result(const Node& node) const {
  const auto& known = scope_.results;
  const std::uint64_t next = scope_.first_result + known.size();
  std::uint64_t number = next - 1;
  if (node.text != last_result) {
    const char* const end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data() + 1, end, number);
    if (read.ptr != end || read.ec != std::errc{}) number = 0;
  }
  if (number >= scope_.first_result && number < next) return known[number - scope_.first_result];
  auto none = error(Code::no_result, node.span, {quoted(node.text)});
  none.error().notes.push_back(known.empty() ? "no value has been computed yet"
                                             : "there are %" + std::to_string(scope_.first_result) + " to %" +
                                                   std::to_string(next - 1));
  return none;
}

Expected<Expr> Elaborator::name(NodeId id) {
  const Node& node = tree_.node(id);
  if (const Symbol* symbol = bound_.find(id, node.text)) return Expr::variable(*symbol);
  if (node.text == defining_) return error(Code::recursive_definition, node.span, {quoted(node.text)});
  if (node.text == last_result || node.text.starts_with('%')) {
    uses_definition_[id] = 1;
    return result(node);
  }
  if (node.text == "integrate")
    return error(Code::function_as_value, node.span, {quoted(node.text), "integrate(cos(x), 0, 1)"});
  if (names_function(id)) {
    if (function_welcome_[id] != 0) return Expr{};
    return error(Code::function_as_value, node.span, {quoted(node.text), node.text + "(x)"});
  }
  if (auto found = scope_.definitions.find(node.text); found != scope_.definitions.end()) {
    uses_definition_[id] = 1;
    return found->second.body;
  }
  if (const Constant* constant = functions::find_constant(node.text)) return Expr::number(constant->value);
  auto [unresolved, is_new] = unresolved_.try_emplace(node.text, Unresolved{Symbol(node.text), node.span});
  return Expr::variable(unresolved->second.symbol);
}

// The Expr of a child, unless it is something that is not an expression.
Expected<Expr> Elaborator::operand(NodeId id) const {
  const Node& node = tree_.node(id);
  if (node.kind == Kind::range)
    return error(Code::misplaced_range, node.span, {quoted(tree_.source().slice(node.span))});
  if (node.kind == Kind::list) return error(Code::misplaced_list, node.span, {});
  return values_[id];
}

Expected<std::vector<Expr>> Elaborator::operands(const Node& node) const {
  std::vector<Expr> values;
  for (NodeId child : node.children) {
    TRY(value, operand(child));
    values.push_back(std::move(value));
  }
  return values;
}

Expected<Expr> Elaborator::apply_row(std::string_view row, const Node& node) {
  TRY(values, operands(node));
  return Expr::apply(*functions::find(row), values);
}

// a < b <= c means a < b and b <= c.
Expected<Expr> Elaborator::comparison(const Node& node) {
  TRY(values, operands(node));
  Expr all;
  for (std::size_t i = 0; i < node.operators.size(); ++i) {
    Expr one = Expr::apply(*functions::find(node.operators[i]), {values[i], values[i + 1]});
    all = all ? Expr::apply(functions::operation(Instruction::logical_and), {all, one}) : one;
  }
  return all;
}

Expected<Expr> Elaborator::call(NodeId id) {
  const Node& node = tree_.node(id);
  if (bound_.find(id, node.text) != nullptr)
    return error(Code::value_as_function, node.head, {quoted(node.text)});
  if (node.text == defining_) return error(Code::recursive_definition, node.head, {quoted(node.text)});
  if (node.text == "integrate") return integral(id);
  for (NodeId child : node.children)
    if (tree_.node(child).kind == Kind::named)
      return error(Code::misplaced_named_argument, tree_.node(child).span, {quoted(node.text)});
  TRY(arguments, operands(node));
  return call_by_name(node, arguments);
}

Expected<Expr> Elaborator::call_by_name(const Node& node, std::span<const Expr> arguments) {
  if (auto found = scope_.definitions.find(node.text); found != scope_.definitions.end())
    return call_definition(node, found->second, arguments);
  const Function* function = functions::find(node.text);
  if (function == nullptr || !function->can_be_called()) {
    if (functions::find_constant(node.text) != nullptr)
      return error(Code::value_as_function, node.head, {quoted(node.text)});
    return unknown(Code::unknown_function, node.head, node.text, function_names());
  }
  const bool any_number = function->max_arity == Function::any_number;
  if (arguments.size() < function->arity || (!any_number && arguments.size() > function->max_arity))
    return error(Code::wrong_arity, node.span,
                 {quoted(node.text), arity_text(*function), std::to_string(arguments.size())});
  Expr result = Expr::apply(*function, arguments.first(function->arity));
  for (std::size_t i = function->arity; i < arguments.size(); ++i)
    result = Expr::apply(*function, {result, arguments[i]});
  return result;
}

Expected<Expr> Elaborator::call_definition(const Node& node, const Definition& definition,
                                           std::span<const Expr> arguments) {
  if (!definition.is_function) return error(Code::value_as_function, node.head, {quoted(node.text)});
  if (arguments.size() != definition.parameters.size())
    return error(
        Code::wrong_arity, node.span,
        {quoted(node.text), count_of(definition.parameters.size()), std::to_string(arguments.size())});
  if (definition.host) return Expr::apply(definition.host->row(), arguments);
  std::unordered_map<Expr, Expr> replacement;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    replacement.emplace(Expr::variable(definition.parameters[i]), arguments[i]);
  return substitute(definition.body, replacement);
}

Expected<Expr> Elaborator::value_of(NodeId id) {
  const Node& node = tree_.node(id);
  switch (node.kind) {
    case Kind::number:
      return Expr::number(node.value);
    case Kind::name:
      return name(id);
    case Kind::unary:
      if (node.text == "+") return operand(node.children[0]);
      return apply_row(node.text == "-" ? "negate" : node.text, node);
    case Kind::binary:
      return apply_row(node.text, node);
    case Kind::comparison:
      return comparison(node);
    case Kind::conditional:
      return apply_row("if", node);
    case Kind::call:
      return call(id);
    case Kind::named:
    case Kind::range:
    case Kind::list:
    case Kind::loop:
    case Kind::evaluation:
    case Kind::plot:
    case Kind::definition:
    case Kind::function_definition:
      return Expr{};
  }
  return Expr{};
}

std::unexpected<Diagnostic> Elaborator::unresolved_name(std::string_view name, Span span) const {
  if (!bound_.binds(name)) return unknown(Code::unknown_name, span, name, value_names());
  return fail(Code::free_variable, tree_.source(), span, {quoted(name)},
              {"a range sees the variables of the ranges before it, and the formula sees all"});
}

Expected<Expr> Elaborator::closed(const Expr& value) const {
  for (const Symbol& symbol : free_symbols(value))
    for (const auto& [name, entry] : unresolved_)
      if (entry.symbol == symbol) return unresolved_name(name, entry.span);
  return simplify(value);
}

Expected<Loop> Elaborator::loop(NodeId id) const {
  const Node& node = tree_.node(id);
  const Node& domain = tree_.node(node.children[0]);
  Loop loop{.variable = bound_.bound_by(id),
            .is_range = domain.kind == Kind::range,
            .source = tree_.source(),
            .span = node.span};
  std::vector<NodeId> parts = domain.children;
  if (node.children.size() > 1) parts.push_back(node.children[1]);
  for (NodeId part : parts) {
    TRY(value, operand(part));
    TRY(resolved, closed(value));
    loop.values.push_back(std::move(resolved));
  }
  if (loop.is_range && loop.values.size() == 2) loop.values.push_back(Expr::number(1));
  return loop;
}

Expected<Statement> Elaborator::evaluation(const Node& root) const {
  Statement statement;
  TRY(value, operand(root.children[0]));
  TRY(resolved, closed(value));
  statement.value = std::move(resolved);
  for (std::size_t i = 1; i < root.children.size(); ++i) {
    TRY(one, loop(root.children[i]));
    statement.loops.push_back(std::move(one));
  }
  return statement;
}

Expected<Statement> Elaborator::definition(const Node& root) const {
  Statement statement{.kind = StatementKind::definition};
  Definition& made = statement.definition;
  made.name = root.text;
  made.is_function = root.kind == Kind::function_definition;
  if (functions::find_constant(root.text) != nullptr)
    return error(Code::reserved_name, root.head, {quoted(root.text), "constant"});
  if (root.text == last_result) return error(Code::reserved_name, root.head, {quoted(root.text), "result"});
  if (functions::find(root.text) != nullptr || root.text == "integrate")
    return error(Code::reserved_name, root.head, {quoted(root.text), "function"});
  for (std::size_t i = 1; i < root.children.size(); ++i) {
    const Symbol& parameter = bound_.bound_by(root.children[i]);
    for (const Symbol& earlier : made.parameters)
      if (earlier.name() == parameter.name())
        return error(Code::duplicate_parameter, tree_.node(root.children[i]).span,
                     {quoted(parameter.name())});
    made.parameters.push_back(parameter);
  }
  TRY(value, operand(root.children[0]));
  TRY(resolved, closed(value));
  made.body = std::move(resolved);
  return statement;
}

// From the leaves up to the root's children.
Expected<void> Elaborator::walk() {
  for (NodeId id = 0; id < tree_.root(); ++id) {
    if (is_parameter_[id] != 0) continue;
    TRY(value, value_of(id));
    values_[id] = std::move(value);
    for (NodeId child : tree_.node(id).children)
      if (uses_definition_[child] != 0) uses_definition_[id] = 1;
  }
  return {};
}

Expected<Statement> Elaborator::statement() {
  TRY_VOID(walk());
  const Node& root = tree_.node(tree_.root());
  if (root.kind == Kind::plot) return plot(root);
  return root.kind == Kind::evaluation ? evaluation(root) : definition(root);
}

// A bare f as a function of its own arguments.
Expected<Definition> Elaborator::named_function(NodeId name) {
  Node call = tree_.node(name);
  call.head = call.span;
  Definition made{.name = call.text, .is_function = true};
  if (auto found = scope_.definitions.find(call.text); found != scope_.definitions.end()) {
    made.parameters = found->second.parameters;
  } else {
    const Function& row = *functions::find(call.text);
    for (std::size_t i = 0; i < row.arity; ++i) made.parameters.emplace_back(std::string(1, "xyz"[i]));
  }
  std::vector<Expr> variables;
  for (const Symbol& parameter : made.parameters) variables.push_back(Expr::variable(parameter));
  TRY(body, call_by_name(call, variables));
  made.body = simplify(body);
  return made;
}

Expected<Definition> Elaborator::open_formula() {
  const Node& root = tree_.node(tree_.root());
  if (root.kind == Kind::plot) return error(Code::not_a_formula, root.span, {"a plot"});
  if (root.kind != Kind::evaluation) {
    TRY(made, statement());
    return std::move(made.definition);
  }
  if (names_function(root.children[0])) return named_function(root.children[0]);
  TRY_VOID(walk());
  TRY(value, operand(root.children[0]));
  Definition made{.is_function = true, .body = simplify(value)};
  std::vector<const Unresolved*> order;
  for (const auto& [name, entry] : unresolved_) order.push_back(&entry);
  std::ranges::sort(order, {}, [](const Unresolved* entry) { return entry->span.begin; });
  for (const Unresolved* entry : order) made.parameters.push_back(entry->symbol);
  return made;
}

// A program must not depend on the order in which names happen to stand in an expression.
Expected<Definition> Elaborator::function_of_one(NodeId formula) {
  TRY(made, open_formula());
  if (!made.name.empty() || made.parameters.size() < 2) return made;
  std::string list, arguments;
  for (const Symbol& symbol : made.parameters) {
    list += (list.empty() ? "" : ", ") + quoted(symbol.name());
    arguments += (arguments.empty() ? "" : ", ") + symbol.name();
  }
  return error(Code::several_arguments, tree_.node(formula).span, {list, arguments});
}

Expected<Definition> Elaborator::function(std::span<const Symbol> arguments) {
  const Node& root = tree_.node(tree_.root());
  if (root.kind == Kind::definition) return error(Code::not_a_formula, root.span, {"a definition"});
  const NodeId formula = root.children[0];
  const bool expression = root.kind == Kind::evaluation;
  if (expression && root.children.size() > 1) return error(Code::not_a_formula, root.span, {"a table"});
  if (!expression || arguments.empty()) return function_of_one(formula);
  TRY_VOID(walk());
  TRY(body, operand(formula));
  TRY(resolved, closed(body));
  return Definition{
      .is_function = true, .parameters = {arguments.begin(), arguments.end()}, .body = std::move(resolved)};
}

std::vector<Part> Elaborator::parts() {
  if (!walk()) return {};
  std::vector<Part> found;
  for (NodeId id = 0; id < tree_.root(); ++id)
    if (values_[id]) found.push_back({values_[id], tree_.node(id).span});
  return found;
}

Expected<Definition> elaborate_open(const syntax::Tree& tree, const Scope& scope) {
  return Elaborator(tree, scope).open_formula();
}

std::vector<Part> parts(const syntax::Tree& tree, const Scope& scope) {
  return Elaborator(tree, scope).parts();
}

Expected<Statement> elaborate(const syntax::Tree& tree, const Scope& scope) {
  return Elaborator(tree, scope).statement();
}

Expected<Definition> elaborate_function(const syntax::Tree& tree, const Scope& scope,
                                        std::span<const Symbol> arguments) {
  return Elaborator(tree, scope, arguments).function(arguments);
}

}  // namespace jitegral::sema
