// Replacement of symbols and integrals, and what a formula is made of.
#include <algorithm>
#include <ranges>

#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

using Replacement = std::unordered_map<Expr, Expr>;

// The options of an integral are formulas too: n_iter = n in a definition f(n).
std::shared_ptr<const Expr::IntegralOptions> substitute_options(
    const std::shared_ptr<const Expr::IntegralOptions>& options, const Replacement& replacement) {
  auto depends = [](const Expr& value) { return !value.is_number(); };
  const auto& entries = options->entries;
  if (std::ranges::none_of(entries, [&](const auto& e) { return std::ranges::any_of(e.values, depends); }))
    return options;
  auto changed = std::make_shared<Expr::IntegralOptions>(*options);
  for (auto& entry : changed->entries)
    for (Expr& value : entry.values) value = substitute(value, replacement);
  return changed;
}

}  // namespace

Expr substitute(const Expr& expr, const Replacement& replacement) {
  if (replacement.empty()) return expr;
  if (const auto found = replacement.find(expr); found != replacement.end()) return found->second;
  return fold<Expr>(expr, [&](const Node& node, std::span<const Expr> arguments) {
    const Expr same = Expr::of(node);
    if (auto found = replacement.find(same); found != replacement.end()) return found->second;
    if (node.kind == ExprKind::integral)
      return Expr::integral(node.symbol, arguments[0], arguments[1], arguments[2],
                            substitute_options(node.options, replacement));
    return rebuild(node, arguments);
  });
}

namespace {

// Walks the nodes of a formula once each; `enter(node)` says whether to look below a node.
template <class Enter>
void for_each_node(const Expr& root, Enter&& enter) {
  WalkMemory memory;
  NodeTable<bool> seen(memory.resource());
  std::pmr::vector<const Node*> open({root.node()}, memory.resource());
  open.reserve(16);
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    if (seen.find(node) != nullptr) continue;
    seen.insert(node, true);
    if (!enter(*node)) continue;
    for (const Expr& argument : std::views::reverse(node->arguments)) open.push_back(argument.node());
  }
}

void add(std::vector<Symbol>& symbols, const Symbol& symbol) {
  if (std::ranges::find(symbols, symbol) == symbols.end()) symbols.push_back(symbol);
}

}  // namespace

std::vector<Symbol> free_symbols(const Expr& expr) {
  std::vector<Symbol> met;
  std::vector<Symbol> bound;  // unique per binder, so "bound anywhere" is "bound here"
  for_each_node(expr, [&](const Node& node) {
    if (node.kind == ExprKind::variable) add(met, node.symbol);
    if (node.kind == ExprKind::integral) {
      add(bound, node.symbol);
      for (const auto& entry : node.options->entries)
        for (const Expr& value : entry.values)
          for (const Symbol& symbol : free_symbols(value)) add(met, symbol);
    }
    return true;
  });
  std::erase_if(met, [&](const Symbol& symbol) { return std::ranges::find(bound, symbol) != bound.end(); });
  return met;
}

std::vector<Expr> outermost_integrals(const Expr& expr) {
  std::vector<Expr> integrals;
  if (!expr->has_integral) return integrals;
  for_each_node(expr, [&](const Node& node) {
    if (node.kind == ExprKind::integral) integrals.push_back(Expr::of(node));
    return node.kind != ExprKind::integral && node.has_integral;
  });
  return integrals;
}

std::size_t node_count(const Expr& expr) {
  std::size_t count = 0;
  for_each_node(expr, [&](const Node&) { return ++count != 0; });
  return count;
}

}  // namespace jitegral
