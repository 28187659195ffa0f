// Makes a Tree from the events of a parse, children first; knows nothing of the parser.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/tree.h"

namespace jitegral::syntax {

// A stack of finished operands: each call takes its operands from the top and leaves the new one there. The
// first mistake is kept for `finish`; whatever is built after it is of no consequence.
class TreeBuilder {
 public:
  TreeBuilder(Source source, Span statement) : source_(std::move(source)), statement_(statement) {}

  void number(Span span);
  void name(Span span);
  void group(Span brackets);
  void call(Span name, Span close, std::size_t arguments);
  void named(Span equals);
  void unary(Span sign);
  void binary(Span sign);
  void comparison(Span sign);
  void conditional(Span question);
  void range(Span dots);
  void list(Span brackets, std::size_t items);
  void loop(Span keyword, Span variable, bool with_step);
  void plot(Span keyword, std::size_t arguments, std::size_t loops);
  void evaluation(std::size_t loops);
  void definition(Span equals);

  Expected<Tree> finish() &&;

 private:
  struct Operand {
    NodeId id = 0;
    Span extent{};         // brackets around it included
    bool grouped = false;  // stands in brackets of its own
  };
  std::vector<Operand> pop(std::size_t count);
  void push(Node node, const std::vector<Operand>& children, Span extent);
  void push(Node node, const std::vector<Operand>& children);
  [[nodiscard]] std::string text(Span span) const { return std::string(source_.slice(span)); }
  void check_negation(const Operand& operand);
  void check_value(const Operand& value);
  void check_parameter(NodeId id);
  void refuse(Diagnostic diagnostic);
  void drop(NodeId id);
  void compact();

  Source source_;
  Span statement_;
  std::vector<Node> nodes_;
  std::vector<Operand> stack_;
  std::vector<bool> dropped_;  // nodes that became part of another: a chain of comparisons, a name left of =
  std::optional<Diagnostic> mistake_;
};

}  // namespace jitegral::syntax
