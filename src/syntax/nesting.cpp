#include "syntax/nesting.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace jitegral::syntax {

// Left-associative operators close their equals, so at most a handful stand between two levels that count.
bool Nesting::counts(Open open) {
  switch (open) {
    case Open::disjunction:
    case Open::conjunction:
    case Open::comparison:
    case Open::sum:
    case Open::product:
      return false;
    default:
      return true;
  }
}

// What an operator between two operands opens; for `,` and the like: the bracket around it.
Nesting::Open Nesting::binding(const Lexeme& infix) {
  constexpr std::array<std::pair<std::string_view, Open>, 16> bindings = {{
      {"^", Open::power},
      {"**", Open::power},
      {"*", Open::product},
      {"/", Open::product},
      {"%", Open::product},
      {"+", Open::sum},
      {"-", Open::sum},
      {"and", Open::conjunction},
      {"&&", Open::conjunction},
      {"or", Open::disjunction},
      {"||", Open::disjunction},
      {"?", Open::question},
      {",", Open::bracket},
      {"=", Open::bracket},
      {"..", Open::bracket},
      {"for", Open::bracket},
  }};
  const auto* const found =
      std::ranges::find(bindings, infix.text, &std::pair<std::string_view, Open>::first);
  return found == bindings.end() ? Open::comparison : found->second;
}

void Nesting::push(Open open) {
  open_.push_back(open);
  if (counts(open)) ++depth_;
}

void Nesting::pop() {
  if (counts(open_.back())) --depth_;
  open_.pop_back();
}

void Nesting::close_bracket() {
  while (!open_.empty() && open_.back() != Open::bracket) pop();
  if (!open_.empty()) pop();
}

void Nesting::add_prefix(const Lexeme& sign) {
  if (sign.text == "+" || sign.text == "-") push(Open::sign);
  if (sign.text == "!" || sign.text == "not") push(Open::negation);
}

// The part after `:` takes the place of the part before it.
void Nesting::add_colon() {
  while (!open_.empty() && open_.back() > Open::question) pop();
  if (!open_.empty() && open_.back() == Open::question) {
    pop();
    push(Open::otherwise);
  }
}

void Nesting::add_infix(const Lexeme& sign) {
  if (sign.text == ":") return add_colon();
  const Open open = binding(sign);
  const bool to_the_right = open == Open::power || open == Open::question;
  const Open stays = open == Open::question ? Open::otherwise : open;  // c ? a : d ? b : e nests to the right
  while (!open_.empty() && (open_.back() > stays || (open_.back() == stays && !to_the_right))) {
    if (open_.back() == Open::bracket) return;
    pop();
  }
  if (open != Open::bracket) push(open);
}

void Nesting::add(const Lexeme& lexeme) {
  const bool sign = lexeme.kind == Lex::sign || is_keyword(lexeme);
  if (lexeme.kind == Lex::open) push(Open::bracket);
  if (lexeme.kind == Lex::close) close_bracket();
  if (sign && after_operand_) add_infix(lexeme);
  if (sign && !after_operand_) add_prefix(lexeme);
  if (lexeme.kind != Lex::newline) after_operand_ = ends_operand(lexeme);
}

}  // namespace jitegral::syntax
