#include "syntax/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "syntax/letters.h"

namespace jitegral::syntax {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What a byte begins. Statements are ASCII but for a letter here and there.
enum class First : std::uint8_t {
  nothing,
  blank,
  comment,
  newline,
  semicolon,
  letter,
  digit,
  sign,
  open,
  close,
  beyond
};

constexpr std::array<First, 256> first_of_byte = [] {
  std::array<First, 256> table{};
  const auto put = [&table](First first, std::string_view bytes) {
    for (const char c : bytes) table[static_cast<unsigned char>(c)] = first;
  };
  put(First::blank, " \t\v\f\r");
  put(First::comment, "#");
  put(First::newline, "\n");
  put(First::semicolon, ";");
  put(First::letter, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  put(First::digit, "0123456789");
  put(First::sign, "+-*/%^=<>?:!,.&|");
  put(First::open, "([");
  put(First::close, ")]");
  for (std::size_t byte = 0x80; byte < table.size(); ++byte) table[byte] = First::beyond;
  return table;
}();

First first_of(char c) { return first_of_byte[static_cast<unsigned char>(c)]; }

constexpr std::array<std::string_view, 8> pairs = {"**", "..", "==", "!=", "<=", ">=", "&&", "||"};

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
  while (at_ < text_.size()) {
    switch (first_of(text_[at_])) {
      case First::blank:
        ++at_;
        break;
      case First::comment:
        at_ = std::min(text_.find('\n', at_), text_.size());
        break;
      case First::beyond:
        if (const CodePoint c = code_point_at(text_, at_); is_space(c.value)) {
          at_ += c.length;
          break;
        }
        return;
      default:
        return;
    }
  }
}

Lexeme Scanner::next() {
  skip_blanks();
  const std::size_t begin = at_;
  if (at_ == text_.size()) return take(Lex::end, begin);
  switch (first_of(text_[at_])) {
    case First::letter:
      word();
      return take(Lex::name, begin);
    case First::digit:
      return number();
    case First::sign:
      return sign();
    case First::beyond:
      return beyond();
    case First::newline:
      return single(Lex::newline);
    case First::semicolon:
      return single(Lex::semicolon);
    case First::open:
      return single(Lex::open);
    case First::close:
      return single(Lex::close);
    default:
      return single(Lex::bad_character);
  }
}

Lexeme Scanner::single(Lex kind) {
  const std::size_t begin = at_++;
  return take(kind, begin);
}

// Letters beyond ASCII, or what is of no use.
Lexeme Scanner::beyond() {
  const std::size_t begin = at_;
  const CodePoint c = code_point_at(text_, at_);
  at_ += c.length;
  if (!is_letter(c.value)) return take(Lex::bad_character, begin);
  word();
  return take(Lex::name, begin);
}

Lexeme Scanner::sign() {
  if (peek() == '.' && is_digit(peek(1))) return number();
  const std::size_t begin = at_;
  const bool pair = std::string_view("*.=&|").contains(peek(1)) &&
                    std::ranges::any_of(pairs, [this](std::string_view p) { return starts(p); });
  if (!pair && std::string_view(".&|").contains(peek())) return single(Lex::bad_character);
  at_ += pair ? 2 : 1;
  return take(Lex::sign, begin);
}

void Scanner::word() {
  while (at_ < text_.size()) {
    const First first = first_of(text_[at_]);
    if (first == First::letter || first == First::digit) {
      ++at_;
      continue;
    }
    if (first != First::beyond) return;
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
