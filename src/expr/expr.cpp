// Hash-consing: one table of live nodes for the process, so that equal formulas of any Session are one node.
#include "expr/expr.h"

#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <utility>

#include "expr/expansion.h"

namespace jitegral {

Node::Node(const NodeContent& content, std::span<const Expr> given, std::size_t hash)
    : NodeContent(content), arguments(given), hash(hash) {
  if (function != nullptr && function->host != nullptr) host = function->host->shared_from_this();
  has_integral = kind == ExprKind::integral;
  has_host = host != nullptr;
  for (const Expr& argument : given) {
    has_integral |= argument->has_integral;
    has_host |= argument->has_host;
  }
}

namespace {

std::size_t mix(std::size_t seed, std::size_t value) {
  return (seed ^ value) * 0x9e3779b97f4a7c15U + (seed >> 29U);
}

std::size_t hash_of(const NodeContent& content, std::span<const Expr> arguments) {
  std::size_t hash = mix(static_cast<std::size_t>(content.kind), std::bit_cast<std::uint64_t>(content.value));
  hash = mix(hash, std::hash<const void*>{}(content.symbol.identity()));
  hash = mix(hash, std::hash<const void*>{}(content.function));
  hash = mix(hash, std::hash<const void*>{}(content.options.get()));
  for (const Expr& argument : arguments) hash = mix(hash, std::hash<Expr>{}(argument));
  return hash ^ (hash >> 32U);
}

bool is_same(const Node& node, const NodeContent& content, std::span<const Expr> arguments) {
  return node.kind == content.kind &&
         std::bit_cast<std::uint64_t>(node.value) == std::bit_cast<std::uint64_t>(content.value) &&
         node.symbol == content.symbol && node.function == content.function &&
         node.options == content.options && std::ranges::equal(node.arguments, arguments);
}

// A part of the table of live nodes: chains through the nodes themselves. Sharded so that threads that build
// different formulas rarely meet.
class Shard {
 public:
  std::mutex mutex;  // guards all below

  [[nodiscard]] const Node* find(const NodeContent& content, std::span<const Expr> arguments,
                                 std::size_t hash) const {
    const Node* node = chains_[place(hash)];
    while (node != nullptr && !(node->hash == hash && is_same(*node, content, arguments))) node = node->next;
    return node;
  }

  void insert(const Node* node) {
    if (++count_ > chains_.size()) grow();
    link(node);
  }

  void erase(const Node* node) {
    const Node** link = &chains_[place(node->hash)];
    while (*link != node) link = &(*link)->next;
    *link = node->next;
    --count_;
  }

 private:
  [[nodiscard]] std::size_t place(std::size_t hash) const { return hash & (chains_.size() - 1); }

  void link(const Node* node) {
    const Node*& chain = chains_[place(node->hash)];
    node->next = std::exchange(chain, node);
  }

  void grow() {
    std::vector<const Node*> old(2 * chains_.size());
    std::swap(old, chains_);
    for (const Node* node : old)
      while (node != nullptr) link(std::exchange(node, node->next));
  }

  std::vector<const Node*> chains_ = std::vector<const Node*>(64);
  std::size_t count_ = 0;
};

Shard& shard_of(std::size_t hash) {
  // Never destroyed: an Expr may be released later than any static object.
  static auto& shards = *new std::array<Shard, 16>;
  return shards[(hash >> 57U) % shards.size()];
}

const Node* intern(const NodeContent& content, std::span<const Expr> arguments) {
  const std::size_t hash = hash_of(content, arguments);
  Shard& shard = shard_of(hash);
  const std::scoped_lock lock(shard.mutex);
  if (const Node* found = shard.find(content, arguments, hash)) {
    found->references.fetch_add(1, std::memory_order_relaxed);
    return found;
  }
  const Node* node = new Node(content, arguments, hash);
  shard.insert(node);
  return node;
}

// True if that was the last reference, which is kept: it goes under the lock of the node's shard.
bool is_last(const Node* node) {
  std::uint32_t count = node->references.load(std::memory_order_relaxed);
  while (count > 1)
    if (node->references.compare_exchange_weak(count, count - 1, std::memory_order_acq_rel)) return false;
  return true;
}

// A node found in its shard may be dying: its last handle has let go but not yet taken the lock. Such a node
// is revived, and whoever was about to delete it sees that under the same lock.
bool is_dead(const Node* node) {
  Shard& shard = shard_of(node->hash);
  const std::scoped_lock lock(shard.mutex);
  if (node->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return false;
  shard.erase(node);
  return true;
}

// Takes the last reference to `node`; without recursion, because formulas may be deep.
void release(const Node* node) {
  const Node* dying = is_dead(node) ? node : nullptr;
  if (dying != nullptr) dying->next = nullptr;
  while (dying != nullptr) {
    auto* const last = const_cast<Node*>(std::exchange(dying, dying->next));
    for (Expr& argument : last->arguments.release()) {
      const Node* below = argument.node();
      new (&argument) Expr();
      if (is_last(below) && is_dead(below)) below->next = std::exchange(dying, below);
    }
    delete last;
  }
}

}  // namespace

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

void Expr::let_go() noexcept {
  if (is_last(node_)) release(node_);
}

Expr Expr::number(double value) { return Expr(intern({.value = value}, {})); }

Expr Expr::variable(const Symbol& symbol) {
  return Expr(intern({.kind = ExprKind::variable, .symbol = symbol}, {}));
}

Expr Expr::apply(const Function& function, std::span<const Expr> arguments) {
  if (function.lowering == Lowering::expansion) return expand(function.expansion, arguments);
  return Expr(intern({.kind = ExprKind::apply, .function = &function}, arguments));
}

Expr Expr::apply(const Function& function, std::initializer_list<Expr> arguments) {
  return apply(function, std::span(arguments.begin(), arguments.size()));
}

Expr Expr::integral(const Symbol& variable, const Expr& body, const Expr& lower, const Expr& upper,
                    std::shared_ptr<const IntegralOptions> options) {
  return Expr(intern({.kind = ExprKind::integral, .symbol = variable, .options = std::move(options)},
                     std::array{body, lower, upper}));
}

bool Expr::is_number() const { return node_->kind == ExprKind::number; }

bool Expr::is_number(double value) const {
  return is_number() && std::bit_cast<std::uint64_t>(node_->value) == std::bit_cast<std::uint64_t>(value);
}

}  // namespace jitegral
