// How deep a recursive descent would be while it reads a statement, found without any descent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "syntax/scanner.h"

namespace jitegral::syntax {

// Follows the constructs that are open at each lexeme, as an operator-precedence parser would: brackets,
// stacked prefix operators, chains of ^ and of ?: count as levels; a left-associative chain of any length
// does not.
class Nesting {
 public:
  void add(const Lexeme& lexeme);
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  // What can be open, from the loosest to the tightest binding.
  enum class Open : std::uint8_t {
    bracket,
    question,   // between ? and :
    otherwise,  // after :
    disjunction,
    conjunction,
    negation,
    comparison,
    sum,
    product,
    sign,
    power,
  };
  static Open binding(const Lexeme& infix);
  static bool counts(Open open);
  void push(Open open);
  void pop();
  void close_bracket();
  void add_prefix(const Lexeme& sign);
  void add_infix(const Lexeme& sign);
  void add_colon();

  std::vector<Open> open_;
  std::size_t depth_ = 0;
  bool after_operand_ = false;
};

}  // namespace jitegral::syntax
