#include "expr/print.h"

#include <array>
#include <charconv>
#include <cmath>

#include "expr/fold.h"

namespace jitegral {
namespace {

// Text with the precedence of its outermost operator, so that the reader of it knows whether to put brackets.
struct Piece {
  std::string text;
  int precedence = 100;  // an atom
};

// Shared subexpressions are written out each time, so a small formula can have a text beyond all bounds. What
// is longer than this is cut: such a text is for a glance, not for reading back.
constexpr std::size_t longest = 8000;

Piece cut(Piece piece) {
  if (piece.text.size() > longest) piece.text = piece.text.substr(0, longest) + "…";
  return piece;
}

std::string bracketed(const Piece& piece, bool needed) {
  return needed ? "(" + piece.text + ")" : piece.text;
}

Piece number_piece(double value) {
  const bool signed_number = std::signbit(value) && !std::isnan(value);
  return {to_text(value), signed_number ? functions::operation(Instruction::negate).precedence : 100};
}

bool is_sign(std::string_view name) { return name.find_first_of("abcdefghijklmnopqrstuvwxyz") == name.npos; }

Piece infix(const Function& function, std::string_view sign, std::span<const Piece> arguments) {
  const int mine = function.precedence;
  const bool right_associative = function.aliases[0] == "^";
  const bool comparison =
      function.instruction >= Instruction::less && function.instruction <= Instruction::greater;
  const bool left_needs = arguments[0].precedence < mine + (right_associative || comparison ? 1 : 0);
  const bool right_needs = arguments[1].precedence < mine + (right_associative ? 0 : 1);
  const std::string gap = right_associative ? "" : " ";
  return {bracketed(arguments[0], left_needs) + gap + std::string(sign) + gap +
              bracketed(arguments[1], right_needs),
          mine};
}

Piece prefix(const Function& function, const Piece& argument) {
  const bool word = function.instruction == Instruction::logical_not;
  return {(word ? "not " : "-") + bracketed(argument, argument.precedence <= function.precedence),
          function.precedence};
}

Piece call(const Function& function, std::span<const Piece> arguments) {
  std::string text(function.name);
  text += "(";
  for (std::size_t i = 0; i < arguments.size(); ++i) text += (i == 0 ? "" : ", ") + arguments[i].text;
  return {text + ")"};
}

Piece apply_piece(const Function& function, std::span<const Piece> arguments) {
  if (!function.is_operator()) return call(function, arguments);
  if (arguments.size() == 1) return prefix(function, arguments[0]);
  const bool by_alias = !is_sign(function.name) && function.can_be_called();
  return infix(function, by_alias ? function.aliases[0] : function.name, arguments);
}

std::string option_text(const Expr::IntegralOptions::Entry& entry) {
  if (!entry.word.empty()) return entry.name + " = " + entry.word;
  if (entry.name != "points") return entry.name + " = " + to_text(entry.values[0]);
  std::string list;
  for (const Expr& value : entry.values) list += (list.empty() ? "" : ", ") + to_text(value);
  return entry.name + " = [" + list + "]";
}

Piece integral_piece(const Node& node, std::span<const Piece> a) {
  std::string text =
      "integrate(" + a[0].text + ", " + node.symbol.name() + " = " + a[1].text + ".." + a[2].text;
  for (const auto& entry : node.options->entries) text += ", " + option_text(entry);
  return {text + ")"};
}

}  // namespace

std::string to_text(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> buffer{};
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

std::string to_text(const Expr& expr) {
  return fold<Piece>(expr,
                     [](const Node& node, std::span<const Piece> arguments) -> Piece {
                       switch (node.kind) {
                         case ExprKind::number:
                           return number_piece(node.value);
                         case ExprKind::variable:
                           return {node.symbol.name()};
                         case ExprKind::apply:
                           return cut(apply_piece(*node.function, arguments));
                         case ExprKind::integral:
                           return cut(integral_piece(node, arguments));
                       }
                       return {};
                     })
      .text;
}

}  // namespace jitegral
