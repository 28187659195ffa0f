// What a person wrote, as a tree with places and without meaning: no name is resolved here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace jitegral::syntax {

using NodeId = std::uint32_t;

enum class Kind : std::uint8_t {
  number,       // `value` holds it
  name,         // `text`; %1, an earlier result, is one too
  unary,        // `text` is the operator ("-", "+", "not"); one child
  binary,       // `text` is the operator in its canonical spelling ("+", "^", "and", ...); two children
  comparison,   // a chain a < b <= c: children a, b, c; `operators` lists "<", "<="
  conditional,  // c ? a : b; three children
  call,         // `text` is the function's name; children are the arguments, in order
  named,        // name = value, inside a call: `text` is the name; one child (an expression, range or list)
  range,        // a..b; two children
  list,         // [a, b, c]
  loop,         // for v in range|list [step s]: `text` is v; one or two children
  evaluation,   // a statement: an expression, then its loops from the outermost to the innermost
  definition,   // a statement: `text` = first child
  plot,         // a statement: the arguments, then loops as in an evaluation
  function_definition,  // a statement: `text`(parameters) = first child; the others are names: the parameters
};

struct Node {
  Kind kind{};
  Span span{};  // the whole construct
  Span head{};  // the operator sign or the name: where an error about the node itself points
  double value = 0;
  std::string text;
  std::vector<std::string> operators;
  std::vector<NodeId> children;
};

// One statement. Nodes are stored children first, so walking them in order is a bottom-up walk, and nothing
// recurses however deep the formula is. Values are plain data; a Tree may be read from any thread.
class Tree {
 public:
  Tree(Source source, std::vector<Node> nodes) : source_(std::move(source)), nodes_(std::move(nodes)) {}
  [[nodiscard]] const Source& source() const { return source_; }
  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] NodeId root() const { return static_cast<NodeId>(nodes_.size() - 1); }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  Source source_;
  std::vector<Node> nodes_;
};

}  // namespace jitegral::syntax
