// Hash-consing: one table of live nodes for the process, so that equal formulas of any Session are one node.
#include "expr/expr.h"

#include <array>
#include <bit>
#include <charconv>
#include <mutex>
#include <unordered_set>

#include "expr/expansion.h"

namespace jitegral {

Node::Node(Node&& other) noexcept
    : kind(other.kind),
      value(other.value),
      symbol(std::move(other.symbol)),
      function(other.function),
      host(std::move(other.host)),
      arguments(std::move(other.arguments)),
      options(std::move(other.options)),
      has_integral(other.has_integral),
      has_host(other.has_host),
      hash(other.hash) {}

namespace {

std::size_t mix(std::size_t seed, std::size_t value) {
  return (seed ^ value) * 0x9e3779b97f4a7c15U + (seed >> 29U);
}

std::size_t hash_of(const Node& node) {
  std::size_t hash = mix(static_cast<std::size_t>(node.kind), std::bit_cast<std::uint64_t>(node.value));
  hash = mix(hash, std::hash<const void*>{}(node.symbol.identity()));
  hash = mix(hash, std::hash<const void*>{}(node.function));
  hash = mix(hash, std::hash<const void*>{}(node.options.get()));
  for (const Expr& argument : node.arguments) hash = mix(hash, std::hash<Expr>{}(argument));
  return hash ^ (hash >> 32U);
}

struct SameNode {
  bool operator()(const Node* a, const Node* b) const {
    return a->kind == b->kind &&
           std::bit_cast<std::uint64_t>(a->value) == std::bit_cast<std::uint64_t>(b->value) &&
           a->symbol == b->symbol && a->function == b->function && a->options == b->options &&
           a->arguments == b->arguments;
  }
};

struct HashOfNode {
  std::size_t operator()(const Node* node) const { return node->hash; }
};

// Sharded so that threads that build different formulas rarely meet.
struct Shard {
  std::mutex mutex;
  std::unordered_set<const Node*, HashOfNode, SameNode> nodes;
};

Shard& shard_of(std::size_t hash) {
  // Never destroyed: an Expr may be released later than any static object.
  static auto& shards = *new std::array<Shard, 16>;
  return shards[(hash >> 7U) % shards.size()];
}

// A node found in its shard may be dying: its last handle has let go but not yet taken the lock. Such a node
// is revived, and whoever was about to delete it sees that under the same lock.
void release(const Node* first) {
  std::vector<const Node*> dying{first};
  while (!dying.empty()) {
    const Node* node = dying.back();
    dying.pop_back();
    Shard& shard = shard_of(node->hash);
    {
      std::scoped_lock lock(shard.mutex);
      if (node->references.fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
      shard.nodes.erase(node);
    }
    auto* last = const_cast<Node*>(node);
    for (Expr& argument : last->arguments) {
      const Node* child = argument.node();
      new (&argument) Expr();  // its reference is handled here, without recursion
      std::uint32_t count = child->references.load(std::memory_order_relaxed);
      while (count > 1 &&
             !child->references.compare_exchange_weak(count, count - 1, std::memory_order_acq_rel)) {
      }
      if (count == 1) dying.push_back(child);
    }
    delete last;
  }
}

}  // namespace

Expr Expr::intern(Node&& candidate) {
  for (const Expr& argument : candidate.arguments) {
    candidate.has_integral |= argument->has_integral;
    candidate.has_host |= argument->has_host;
  }
  candidate.has_integral |= candidate.kind == ExprKind::integral;
  candidate.has_host |= candidate.host != nullptr;
  candidate.hash = hash_of(candidate);
  Shard& shard = shard_of(candidate.hash);
  std::scoped_lock lock(shard.mutex);
  if (auto found = shard.nodes.find(&candidate); found != shard.nodes.end()) {
    (*found)->references.fetch_add(1, std::memory_order_relaxed);
    return Expr(*found);
  }
  const Node* node = new Node(std::move(candidate));
  shard.nodes.insert(node);
  return Expr(node);
}

Expr::Expr(const Expr& other) noexcept : node_(other.node_) {
  if (node_ != nullptr) node_->references.fetch_add(1, std::memory_order_relaxed);
}

Expr Expr::of(const Node& node) noexcept {
  node.references.fetch_add(1, std::memory_order_relaxed);
  return Expr(&node);
}

Expr& Expr::operator=(const Expr& other) noexcept {
  Expr copy(other);
  std::swap(node_, copy.node_);
  return *this;
}

Expr& Expr::operator=(Expr&& other) noexcept {
  std::swap(node_, other.node_);
  return *this;
}

Expr::~Expr() {
  if (node_ == nullptr) return;
  std::uint32_t count = node_->references.load(std::memory_order_relaxed);
  while (count > 1)
    if (node_->references.compare_exchange_weak(count, count - 1, std::memory_order_acq_rel)) return;
  release(node_);
}

Expr Expr::number(double value) {
  Node node;
  node.value = value;
  return intern(std::move(node));
}

Expr Expr::variable(const Symbol& symbol) {
  Node node;
  node.kind = ExprKind::variable;
  node.symbol = symbol;
  return intern(std::move(node));
}

Expr Expr::apply(const Function& function, std::span<const Expr> arguments) {
  if (function.lowering == Lowering::expansion) return expand(function.expansion, arguments);
  Node node;
  node.kind = ExprKind::apply;
  node.function = &function;
  if (function.host != nullptr) node.host = function.host->shared_from_this();
  node.arguments.assign(arguments.begin(), arguments.end());
  return intern(std::move(node));
}

Expr Expr::apply(const Function& function, std::initializer_list<Expr> arguments) {
  return apply(function, std::span(arguments.begin(), arguments.size()));
}

Expr Expr::integral(const Symbol& variable, const Expr& body, const Expr& lower, const Expr& upper,
                    std::shared_ptr<const IntegralOptions> options) {
  Node node;
  node.kind = ExprKind::integral;
  node.symbol = variable;
  node.arguments = {body, lower, upper};
  node.options = std::move(options);
  return intern(std::move(node));
}

bool Expr::is_number() const { return node_->kind == ExprKind::number; }

bool Expr::is_number(double value) const {
  return is_number() && std::bit_cast<std::uint64_t>(node_->value) == std::bit_cast<std::uint64_t>(value);
}

}  // namespace jitegral
