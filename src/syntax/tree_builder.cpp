#include "syntax/tree_builder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/mistake.h"
#include "syntax/number.h"
#include "syntax/wording.h"

namespace jitegral::syntax {
namespace {

// One spelling for each operator.
std::string canonical(std::string_view sign) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> others = {
      {{"**", "^"}, {"&&", "and"}, {"||", "or"}, {"!", "not"}}};
  const auto* const found =
      std::ranges::find(others, sign, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == others.end() ? sign : found->second);
}

bool binds_tighter_than_not(std::string_view op) { return op != "and" && op != "or" && op != "not"; }

Node make(Kind kind, Span head, std::string text = {}) {
  Node node;
  node.kind = kind;
  node.head = head;
  node.text = std::move(text);
  return node;
}

}  // namespace

std::vector<TreeBuilder::Operand> TreeBuilder::pop(std::size_t count) {
  const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<Operand> top(first, stack_.end());
  stack_.erase(first, stack_.end());
  return top;
}

void TreeBuilder::push(Node node, const std::vector<Operand>& children, Span extent) {
  node.span = extent;
  for (const Operand& child : children) node.children.push_back(child.id);
  stack_.push_back({static_cast<NodeId>(nodes_.size()), extent});
  nodes_.push_back(std::move(node));
}

// The extent reaches from the first child (or the head) to the last.
void TreeBuilder::push(Node node, const std::vector<Operand>& children) {
  const std::uint32_t begin = std::min(node.head.begin, children.front().extent.begin);
  push(std::move(node), children, {begin, children.back().extent.end});
}

void TreeBuilder::refuse(Diagnostic diagnostic) {
  if (!mistake_) mistake_ = std::move(diagnostic);
}

void TreeBuilder::number(Span span) {
  Node node = make(Kind::number, span);
  node.value = number_value(source_.slice(span));
  push(std::move(node), {}, span);
}

void TreeBuilder::name(Span span) { push(make(Kind::name, span, text(span)), {}, span); }

void TreeBuilder::group(Span brackets) {
  stack_.back().extent = brackets;
  stack_.back().grouped = true;
}

void TreeBuilder::call(Span name, Span close, std::size_t arguments) {
  push(make(Kind::call, name, text(name)), pop(arguments), {name.begin, close.end});
}

void TreeBuilder::named(Span equals) {
  std::vector<Operand> sides = pop(2);
  const Node& left = nodes_[sides[0].id];
  if (left.kind != Kind::name || sides[0].grouped) {
    refuse(explain(source_, statement_, {equals.begin, {"')'"}}));
  }
  Node node = make(Kind::named, left.head, left.text);
  drop(sides[0].id);
  push(std::move(node), {sides[1]});
}

// `a + not b` could be read in two ways when it goes on; Python refuses it too.
void TreeBuilder::check_negation(const Operand& operand) {
  const Node& node = nodes_[operand.id];
  if (operand.grouped || node.kind != Kind::unary || node.text != "not") return;
  const std::string sign = text(node.head);
  refuse(fail(Code::unexpected_token, source_, node.head, {quoted(sign), "a number, a name or '('"},
              {"write brackets around it: (" + clipped(source_.slice(node.span)) + ')'})
             .error());
}

void TreeBuilder::unary(Span sign) {
  const std::vector<Operand> operand = pop(1);
  Node node = make(Kind::unary, sign, canonical(source_.slice(sign)));
  if (binds_tighter_than_not(node.text)) check_negation(operand[0]);
  push(std::move(node), operand);
}

void TreeBuilder::binary(Span sign) {
  const std::vector<Operand> sides = pop(2);
  Node node = make(Kind::binary, sign, canonical(source_.slice(sign)));
  if (binds_tighter_than_not(node.text)) check_negation(sides[1]);
  push(std::move(node), sides, {sides[0].extent.begin, sides[1].extent.end});
}

// a < b becomes a < b < c: the longer chain takes the place of the shorter one.
void TreeBuilder::comparison(Span sign) {
  const std::vector<Operand> sides = pop(2);
  const auto [left, right] = std::pair(sides[0], sides[1]);
  check_negation(right);
  const Span extent{left.extent.begin, right.extent.end};
  const bool chain = nodes_[left.id].kind == Kind::comparison && !left.grouped;
  Node node = chain ? std::move(nodes_[left.id]) : make(Kind::comparison, sign);
  if (chain) drop(left.id);
  node.operators.push_back(text(sign));
  push(std::move(node), chain ? std::vector{right} : sides, extent);
}

void TreeBuilder::conditional(Span question) {
  const std::vector<Operand> parts = pop(3);
  push(make(Kind::conditional, question), parts, {parts[0].extent.begin, parts[2].extent.end});
}

void TreeBuilder::range(Span dots) {
  const std::vector<Operand> ends = pop(2);
  push(make(Kind::range, dots), ends, {ends[0].extent.begin, ends[1].extent.end});
}

void TreeBuilder::list(Span brackets, std::size_t items) {
  push(make(Kind::list, brackets), pop(items), brackets);
}

void TreeBuilder::loop(Span keyword, Span variable, bool with_step) {
  const std::vector<Operand> parts = pop(with_step ? 2 : 1);
  push(make(Kind::loop, variable, text(variable)), parts, {keyword.begin, parts.back().extent.end});
}

// Ranges and lists are no values of their own.
void TreeBuilder::check_value(const Operand& value) {
  const Node& node = nodes_[value.id];
  if (node.kind == Kind::list) refuse(fail(Code::misplaced_list, source_, node.span).error());
  if (node.kind != Kind::range) return;
  refuse(fail(Code::misplaced_range, source_, node.span, {clipped(source_.slice(node.span))}).error());
}

void TreeBuilder::evaluation(std::size_t loops) {
  const std::vector<Operand> parts = pop(loops + 1);
  check_value(parts[0]);
  push(make(Kind::evaluation, parts[0].extent), parts, {parts[0].extent.begin, parts.back().extent.end});
}

void TreeBuilder::plot(Span keyword, std::size_t arguments, std::size_t loops) {
  const std::vector<Operand> parts = pop(arguments + loops);
  push(make(Kind::plot, keyword, text(keyword)), parts, {keyword.begin, parts.back().extent.end});
}

void TreeBuilder::check_parameter(NodeId id) {
  const Node& node = nodes_[id];
  if (node.kind == Kind::name) return;
  refuse(fail(Code::unexpected_token, source_, node.span,
              {quoted(source_.slice(node.span)), "the name of a parameter"})
             .error());
}

void TreeBuilder::definition(Span equals) {
  const std::vector<Operand> sides = pop(2);
  check_value(sides[1]);
  Node target = std::move(nodes_[sides[0].id]);
  drop(sides[0].id);
  const bool function = target.kind == Kind::call;
  if (!function && target.kind != Kind::name) {
    refuse(explain(source_, statement_, {equals.begin, {"EOF"}}));
  }
  Node node =
      make(function ? Kind::function_definition : Kind::definition, target.head, std::move(target.text));
  node.children.push_back(sides[1].id);
  if (function) {
    for (const NodeId parameter : target.children) check_parameter(parameter);
    node.children.insert(node.children.end(), target.children.begin(), target.children.end());
  }
  push(std::move(node), {}, {sides[0].extent.begin, sides[1].extent.end});
}

void TreeBuilder::drop(NodeId id) {
  dropped_.resize(nodes_.size());
  dropped_[id] = true;
}

// Closes the gaps that dropped nodes left.
void TreeBuilder::compact() {
  if (dropped_.empty()) return;
  dropped_.resize(nodes_.size());
  std::vector<NodeId> moved(nodes_.size());
  NodeId next = 0;
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    moved[id] = next;
    if (dropped_[id]) continue;
    for (NodeId& child : nodes_[id].children) child = moved[child];
    if (next != id) nodes_[next] = std::move(nodes_[id]);
    ++next;
  }
  nodes_.resize(next);
}

Expected<Tree> TreeBuilder::finish() && {
  if (mistake_) return std::unexpected(*std::move(mistake_));
  compact();
  return Tree(std::move(source_), std::move(nodes_));
}

}  // namespace jitegral::syntax
