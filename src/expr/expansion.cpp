#include "expr/expansion.h"

#include <cassert>
#include <charconv>
#include <vector>

#include "expr/transform.h"

namespace jitegral {
namespace {

Expr leaf(std::string_view word, std::span<const Expr> arguments, const Expr& value) {
  if (word == "x") return arguments[0];
  if (word == "y") return arguments[1];
  if (word == "z") return arguments[2];
  if (word == "f") return value;
  if (const Constant* constant = functions::find_constant(word)) return Expr::number(constant->value);
  double number = 0;
  auto [end, error] = std::from_chars(word.begin(), word.end(), number);
  return error == std::errc{} && end == word.end() ? Expr::number(number) : Expr{};
}

using Apply = Expr (*)(const Function&, std::span<const Expr>);

Expr expand_by(Apply apply, std::string_view rpn, std::span<const Expr> arguments, const Expr& value) {
  std::vector<Expr> stack;
  while (!rpn.empty()) {
    const std::size_t length = std::min(rpn.find(' '), rpn.size());
    const std::string_view word = rpn.substr(0, length);
    rpn.remove_prefix(std::min(length + 1, rpn.size()));
    if (Expr operand = leaf(word, arguments, value)) {
      stack.push_back(operand);
      continue;
    }
    const Function* function = functions::find(word);
    assert(function != nullptr && stack.size() >= function->arity);
    const std::span<const Expr> operands = std::span(stack).last(function->arity);
    Expr result = apply(*function, operands);
    stack.resize(stack.size() - function->arity);
    stack.push_back(std::move(result));
  }
  assert(stack.size() == 1);
  return stack.back();
}

}  // namespace

Expr expand(std::string_view rpn, std::span<const Expr> arguments, const Expr& value) {
  return expand_by(Expr::apply, rpn, arguments, value);
}

Expr expand_simply(std::string_view rpn, std::span<const Expr> arguments, const Expr& value) {
  return expand_by(apply_simply, rpn, arguments, value);
}

}  // namespace jitegral
