#include "syntax/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "syntax/letters.h"

namespace jitegral::syntax {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 8> pairs = {"**", "..", "==", "!=", "<=", ">=", "&&", "||"};
constexpr std::string_view signs = "+-*/%^=<>?:!,";

}  // namespace

Scanner::Scanner(std::string_view text, Span range)
    : text_(text.substr(0, std::min<std::size_t>(range.end, text.size()))),
      at_(std::min<std::size_t>(range.begin, text_.size())) {}

char Scanner::peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

Lexeme Scanner::take(Lex kind, std::size_t begin) const {
  const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  return {kind, span, text_.substr(begin, at_ - begin)};
}

// Spaces and comments; a newline is a lexeme.
void Scanner::skip_blanks() {
  while (at_ < text_.size() && text_[at_] != '\n') {
    const CodePoint c = code_point_at(text_, at_);
    if (c.value == U'#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (is_space(c.value)) {
      at_ += c.length;
    } else {
      return;
    }
  }
}

Lexeme Scanner::next() {
  skip_blanks();
  const std::size_t begin = at_;
  if (at_ == text_.size()) return take(Lex::end, begin);
  if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
  const CodePoint c = code_point_at(text_, at_);
  if (is_letter(c.value)) {
    word();
    return take(Lex::name, begin);
  }
  const Lexeme signed_ = sign();
  if (signed_.kind != Lex::end) return signed_;
  at_ += c.length;
  switch (c.value) {
    case U'\n':
      return take(Lex::newline, begin);
    case U';':
      return take(Lex::semicolon, begin);
    case U'(':
    case U'[':
      return take(Lex::open, begin);
    case U')':
    case U']':
      return take(Lex::close, begin);
    default:
      return take(Lex::bad_character, begin);
  }
}

Lexeme Scanner::sign() {
  const std::size_t begin = at_;
  const bool known = signs.contains(peek());
  if (!known && !std::string_view(".&|").contains(peek())) return {};
  const bool pair = std::string_view("*.=&|").contains(peek(1)) &&
                    std::ranges::any_of(pairs, [this](std::string_view p) { return starts(p); });
  if (!known && !pair) return {};
  at_ += pair ? 2 : 1;
  return take(Lex::sign, begin);
}

void Scanner::word() {
  while (at_ < text_.size()) {
    const CodePoint c = code_point_at(text_, at_);
    if (!is_letter(c.value) && !is_mark(c.value)) return;
    at_ += c.length;
  }
}

// Digits with single underscores between them.
void Scanner::digits() {
  while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
}

void Scanner::exponent() {
  if (peek() != 'e' && peek() != 'E') return;
  const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
  if (!is_digit(peek(sign))) return;
  at_ += sign;
  digits();
}

Lexeme Scanner::number() {
  const std::size_t begin = at_;
  digits();
  bool whole = true;  // no point and no exponent
  if (peek() == '.' && peek(1) != '.') {
    ++at_;
    if (is_digit(peek())) digits();
    whole = false;
  }
  const std::size_t mantissa = at_;
  exponent();
  whole = whole && at_ == mantissa;
  if (!malformed(begin, whole)) return take(Lex::number, begin);
  rest_of_number();
  return take(Lex::bad_number, begin);
}

// Whether what follows the number shows that it was meant to go on: 1__0, 1e, 1.2.3, 0x1F.
bool Scanner::malformed(std::size_t begin, bool whole) const {
  const char c = peek();
  if (c == '_') return text_[at_ - 1] != '.';
  if (c == '.') return peek(1) != '.';
  if (c == 'e' || c == 'E') {
    Scanner ahead = *this;
    ahead.word();
    return ahead.at_ == at_ + 1;
  }
  const bool zero = whole && text_.substr(begin, at_ - begin) == "0";
  return zero && std::string_view("xXbBoO").contains(c) && is_digit(peek(1));
}

void Scanner::rest_of_number() {
  while (at_ < text_.size()) {
    const std::size_t before = at_;
    word();
    if (peek() == '.' && peek(1) != '.') ++at_;
    if (at_ == before) return;
  }
}

bool is_keyword(const Lexeme& lexeme) {
  constexpr std::array<std::string_view, 4> words = {"and", "or", "not", "for"};
  return lexeme.kind == Lex::name && std::ranges::find(words, lexeme.text) != words.end();
}

bool ends_operand(const Lexeme& lexeme) {
  const bool operand = lexeme.kind == Lex::number || lexeme.kind == Lex::name || lexeme.kind == Lex::close;
  return operand && !is_keyword(lexeme);
}

bool starts_operand(const Lexeme& lexeme) {
  if (lexeme.kind == Lex::open) return lexeme.text == "(";
  return (lexeme.kind == Lex::number || lexeme.kind == Lex::name) && !is_keyword(lexeme);
}

// Not after `!`: a person who types 5! waits for an answer.
bool wants_more(const Lexeme& lexeme) {
  return (lexeme.kind == Lex::sign && lexeme.text != "!") || is_keyword(lexeme);
}

}  // namespace jitegral::syntax
