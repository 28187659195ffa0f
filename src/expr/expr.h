// Expr: an immutable formula whose names are resolved. Equal formulas are the same node (hash-consing), so
// common subexpressions are shared by construction and comparison is comparison of pointers.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "functions/function.h"
#include "functions/host.h"

namespace jitegral {

// A variable or parameter. Two symbols are the same only if one is a copy of the other, so a bound variable
// is never captured, whatever it is called.
class Symbol {
 public:
  Symbol() = default;
  explicit Symbol(std::string name) : name_(std::make_shared<const std::string>(std::move(name))) {}
  [[nodiscard]] const std::string& name() const { return *name_; }
  [[nodiscard]] const void* identity() const { return name_.get(); }
  friend bool operator==(const Symbol& a, const Symbol& b) { return a.name_ == b.name_; }

 private:
  std::shared_ptr<const std::string> name_;
};

struct Node;

// A pointer-sized, reference-counted handle; copies are cheap and may be used from any thread.
class Expr {
 public:
  Expr() = default;
  static Expr number(double value);
  static Expr variable(const Symbol& symbol);
  // `function` applied to `arguments` (exactly its arity), unsimplified. Rows that are expansions are
  // expanded.
  static Expr apply(const Function& function, std::span<const Expr> arguments);
  static Expr apply(const Function& function, std::initializer_list<Expr> arguments);

  struct IntegralOptions;
  // The integral of `body` over `variable` from `lower` to `upper`; the variable is bound in the body only.
  static Expr integral(const Symbol& variable, const Expr& body, const Expr& lower, const Expr& upper,
                       std::shared_ptr<const IntegralOptions> options);

  // A handle to a node that another handle keeps alive.
  static Expr of(const Node& node) noexcept;

  Expr(const Expr& other) noexcept;
  Expr(Expr&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Expr& operator=(const Expr& other) noexcept;
  Expr& operator=(Expr&& other) noexcept;
  ~Expr() {
    if (node_ != nullptr) let_go();
  }

  const Node* operator->() const { return node_; }
  [[nodiscard]] const Node* node() const { return node_; }
  explicit operator bool() const { return node_ != nullptr; }
  friend bool operator==(const Expr& a, const Expr& b) { return a.node_ == b.node_; }

  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_number(double value) const;  // by value: -0 is not 0, nan is nan

 private:
  explicit Expr(const Node* node) : node_(node) {}  // takes over one reference
  void let_go() noexcept;
  const Node* node_ = nullptr;
};

// Everything a person may write after the ranges of integrate, as written: the numbers are formulas, because
// they may depend on the variables of a surrounding `for`.
struct Expr::IntegralOptions {
  struct Entry {
    std::string name;          // "tol", "n_iter", ...
    std::vector<Expr> values;  // one number, or the members of points = [...]
    std::string word;          // rule = simpson, backend = serial
    Span span;                 // of the value
  };
  std::vector<Entry> entries;
  Source source{"", ""};
  Span call;   // the whole integrate(...)
  Span lower;  // where the limits stand
  Span upper;
};

enum class ExprKind : std::uint8_t { number, variable, apply, integral };

// What a node is made of; two nodes of the same content are one.
struct NodeContent {
  static constexpr std::size_t most_arguments = 3;
  static_assert(Host::most_arguments <= most_arguments);

  ExprKind kind = ExprKind::number;
  double value = 0;                                      // number
  Symbol symbol;                                         // variable; the bound variable of an integral
  const Function* function = nullptr;                    // apply
  std::shared_ptr<const Expr::IntegralOptions> options;  // integral
};

struct Node : NodeContent {
  // Inside the node, because most of what making a formula costs is memory that is far away.
  class Arguments {
   public:
    explicit Arguments(std::span<const Expr> given) : count_(given.size()) {
      std::ranges::copy(given, items_.begin());
    }
    [[nodiscard]] const Expr* begin() const { return items_.data(); }
    [[nodiscard]] const Expr* end() const { return items_.data() + count_; }
    [[nodiscard]] std::size_t size() const { return count_; }
    const Expr& operator[](std::size_t i) const { return items_[i]; }
    [[nodiscard]] const Expr& back() const { return items_[count_ - 1]; }
    // Hands the references on to whoever takes the node apart.
    std::span<Expr> release() { return {items_.data(), count_}; }

   private:
    std::array<Expr, most_arguments> items_;
    std::size_t count_;
  };

  Arguments arguments;               // apply; body, lower, upper of an integral
  std::shared_ptr<const Host> host;  // apply, if the function is the program's own
  bool has_integral = false;         // here or below
  bool has_host = false;             // here or below
  std::size_t hash = 0;
  mutable std::atomic<std::uint32_t> references{1};
  mutable const Node* next = nullptr;  // of those with nearly the same hash

  Node(const NodeContent& content, std::span<const Expr> given, std::size_t hash);
};

}  // namespace jitegral

template <>
struct std::hash<jitegral::Expr> {
  std::size_t operator()(const jitegral::Expr& expr) const noexcept {
    return std::hash<const void*>{}(expr.node());
  }
};
