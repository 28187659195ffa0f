// The one walk over a formula: bottom-up, each shared node once, never recursive.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

// Where a walk keeps what it knows: most formulas are small, and a walk over one is done before it would have
// allocated. Goes on to the heap where the stack is not enough.
class WalkMemory {
 public:
  [[nodiscard]] std::pmr::memory_resource* resource() { return &resource_; }

 private:
  alignas(std::max_align_t) std::array<std::byte, 4096> stack_;  // left unset
  std::pmr::monotonic_buffer_resource resource_{stack_.data(), stack_.size()};
};

// What a walk knows of the nodes it has been to: a flat hash table.
template <class T>
class NodeTable {
 public:
  explicit NodeTable(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
      : slots_(32, memory) {}

  // nullptr if nothing is known. Valid until the next insert.
  const T* find(const Node* node) const {
    const auto& slot = slots_[place(node)];
    return slot.first != nullptr ? &slot.second : nullptr;
  }
  void insert(const Node* node, T value) {
    if (++count_ * 2 > slots_.size()) grow();
    slots_[place(node)] = {node, std::move(value)};
  }

 private:
  using Slots = std::pmr::vector<std::pair<const Node*, T>>;

  // Where a node is, or would be.
  [[nodiscard]] std::size_t place(const Node* node) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = (reinterpret_cast<std::uintptr_t>(node) * 0x9e3779b97f4a7c15U) >> 32U & mask;
    while (slots_[i].first != nullptr && slots_[i].first != node) i = (i + 1) & mask;
    return i;
  }
  void grow() {
    Slots old(4 * slots_.size(), slots_.get_allocator());
    std::swap(old, slots_);
    for (auto& slot : old)
      if (slot.first != nullptr) slots_[place(slot.first)] = std::move(slot);
  }

  Slots slots_;
  std::size_t count_ = 0;
};

// Calls visit(node, results of its arguments) for every distinct node below `root`, arguments first, and
// returns the root's result. T is copied from shared results, so it should be cheap to copy.
template <class T, class Visit>
T fold(const Expr& root, Visit&& visit) {
  struct Open {
    const Node* node;
    bool entered;  // its arguments are above it, or done
  };
  WalkMemory memory;
  NodeTable<T> done(memory.resource());
  std::pmr::vector<Open> open(memory.resource());
  std::pmr::vector<T> results(memory.resource());
  open.reserve(32);
  results.reserve(3);
  open.push_back({root.node(), false});
  while (!open.empty()) {
    const Node* const node = open.back().node;
    if (!open.back().entered) {
      if (done.find(node) != nullptr) {
        open.pop_back();
        continue;
      }
      if (node->arguments.size() > 0) {
        open.back().entered = true;
        for (const Expr& argument : std::views::reverse(node->arguments))
          open.push_back({argument.node(), false});
        continue;
      }
    }
    open.pop_back();
    results.clear();
    for (const Expr& argument : node->arguments) results.push_back(*done.find(argument.node()));
    done.insert(node, visit(*node, std::span<const T>(results)));
  }
  return *done.find(root.node());
}

// Whether `root`, or a node below it, is such.
template <class Test>
bool any_node(const Expr& root, Test&& test) {
  bool found = false;
  fold<char>(root, [&](const Node& node, std::span<const char>) {
    found = found || test(node);
    return '\0';
  });
  return found;
}

}  // namespace jitegral
