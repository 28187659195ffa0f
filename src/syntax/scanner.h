// The scanner: for the parser, for what must be known before it may see a text (where statements end, how
// deep they nest) and for the words of error messages. It never fails and never allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/source.h"

namespace jitegral::syntax {

enum class Lex : std::uint8_t {
  end,
  number,
  name,   // keywords too
  open,   // ( [
  close,  // ) ]
  sign,   // operators, `,` `=` `..` `?` `:`
  newline,
  semicolon,
  bad_number,     // 1.2.3, 1e, 1__0
  bad_character,  // a character of no use in the language, or a byte that is not UTF-8
};

struct Lexeme {
  Lex kind = Lex::end;
  Span span{};
  std::string_view text{};
};

// Reads the lexemes of text[range] one after the other; spans are offsets into the whole text.
class Scanner {
 public:
  Scanner(std::string_view text, Span range);
  Lexeme next();

 private:
  void skip_blanks();
  [[nodiscard]] char peek(std::size_t ahead = 0) const;
  [[nodiscard]] bool starts(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  Lexeme take(Lex kind, std::size_t begin) const;
  Lexeme single(Lex kind);
  Lexeme beyond();
  Lexeme number();
  void digits();
  void exponent();
  bool malformed(std::size_t begin, bool whole) const;
  void rest_of_number();
  void word();
  Lexeme sign();

  std::string_view text_;  // cut at the end of the range
  std::size_t at_;
};

bool is_keyword(const Lexeme& lexeme);      // and, or, not, for
bool ends_operand(const Lexeme& lexeme);    // after it an operator may stand
bool starts_operand(const Lexeme& lexeme);  // number, name, (
bool wants_more(const Lexeme& lexeme);      // no statement can end so: an operator, a comma, =

}  // namespace jitegral::syntax
