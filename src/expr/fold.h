// The one walk over a formula: bottom-up, each shared node once, never recursive.
#pragma once

#include <ranges>
#include <span>
#include <unordered_map>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

// Calls visit(node, results of its arguments) for every distinct node below `root`, arguments first, and
// returns the root's result. T is copied from shared results, so it should be cheap to copy.
template <class T, class Visit>
T fold(const Expr& root, Visit&& visit) {
  std::unordered_map<const Node*, T> done;
  std::vector<const Node*> open{root.node()};
  std::vector<T> results;
  while (!open.empty()) {
    const Node* node = open.back();
    if (done.contains(node)) {
      open.pop_back();
      continue;
    }
    const std::size_t waiting = open.size();
    for (const Expr& argument : std::views::reverse(node->arguments))
      if (!done.contains(argument.node())) open.push_back(argument.node());
    if (open.size() != waiting) continue;
    open.pop_back();
    results.clear();
    for (const Expr& argument : node->arguments) results.push_back(done.at(argument.node()));
    done.emplace(node, visit(*node, std::span<const T>(results)));
  }
  return done.at(root.node());
}

}  // namespace jitegral
