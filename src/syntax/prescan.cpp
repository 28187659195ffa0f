#include "syntax/prescan.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/nesting.h"
#include "syntax/scanner.h"
#include "syntax/wording.h"

namespace jitegral::syntax {
namespace {

// Checks one lexeme after the other and stops at the first mistake.
class Prescan {
 public:
  Prescan(const Source& source, const Limits& limits) : source_(source), limits_(limits) {}

  Expected<void> add(const Lexeme& lexeme) {
    TRY_VOID(check_spelling(lexeme));
    if (lexemes_.size() == limits_.tokens)
      return error(Code::too_many_tokens, lexeme, {std::to_string(limits_.tokens)});
    nesting_.add(lexeme);
    if (nesting_.depth() > limits_.nesting) {
      return error(Code::nested_too_deeply, lexeme, {std::to_string(limits_.nesting)});
    }
    lexemes_.push_back(lexeme);
    return check_bracket(lexeme);
  }

  Expected<std::vector<Lexeme>> done() && {
    if (open_.empty()) return std::move(lexemes_);
    return error(Code::unclosed_bracket, open_.back(), {quoted(open_.back().text)});
  }

 private:
  std::unexpected<Diagnostic> error(Code code, const Lexeme& lexeme, std::vector<std::string> args,
                                    std::vector<std::string> notes = {}) const {
    return fail(code, source_, lexeme.span, std::move(args), std::move(notes));
  }

  Expected<void> check_spelling(const Lexeme& lexeme) const {
    switch (lexeme.kind) {
      case Lex::bad_number:
        return bad_number(lexeme);
      case Lex::semicolon:
      case Lex::bad_character:
        return bad_character(lexeme);
      default:
        return {};
    }
  }

  std::unexpected<Diagnostic> bad_character(const Lexeme& lexeme) const {
    const char32_t character = code_point_at(lexeme.text, 0).value;
    return error(Code::unexpected_character, lexeme, {named(character, lexeme.text)}, advice(character));
  }

  std::unexpected<Diagnostic> bad_number(const Lexeme& lexeme) const {
    std::vector<std::string> notes;
    const std::string digits(lexeme.text.substr(0, lexeme.text.size() - 1));
    const char last = lexeme.text.back();
    if (last == 'e' || last == 'E') {
      notes = {"an exponent is a whole number, as in 1e-3; for the constant e write " + clipped(digits) +
               "*e"};
    } else if (lexeme.text.contains('_')) {
      notes = {"an underscore stands between two digits, as in 1_000_000"};
    } else if (lexeme.text.starts_with('0') && lexeme.text.find_first_of("xXbBoO") == 1) {
      notes = {"numbers are decimal"};
    }
    return error(Code::malformed_number, lexeme, {quoted(lexeme.text)}, std::move(notes));
  }

  Expected<void> check_bracket(const Lexeme& lexeme) {
    if (lexeme.kind == Lex::open) open_.push_back(lexeme);
    if (lexeme.kind != Lex::close) return {};
    if (open_.empty()) return error(Code::unmatched_bracket, lexeme, {quoted(lexeme.text)});
    const Lexeme partner = open_.back();
    open_.pop_back();
    if ((partner.text == "(") == (lexeme.text == ")")) return {};
    const Position place = source_.position(partner.span.begin);
    return error(Code::unmatched_bracket, lexeme, {quoted(lexeme.text)},
                 {"the " + quoted(partner.text) + " at " + std::to_string(place.line) + ':' +
                  std::to_string(place.column) + " is still open"});
  }

  const Source& source_;
  const Limits& limits_;
  Nesting nesting_;
  std::vector<Lexeme> lexemes_, open_;
};

// In comments, too, which may be shown again.
Expected<void> check_utf8(const Source& source, Span statement) {
  const std::string_view text = source.slice(statement);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    const auto begin = statement.begin + static_cast<std::uint32_t>(at);
    if (!c.valid) return fail(Code::invalid_utf8, source, {begin, begin + 1});
    at += c.length;
  }
  return {};
}

}  // namespace

Expected<std::vector<Lexeme>> prescan(const Source& source, Span statement, const Limits& limits) {
  const std::size_t size = source.slice(statement).size();
  if (size > limits.bytes) {
    return fail(Code::statement_too_long, source, {statement.begin, statement.begin},
                {std::to_string(size), std::to_string(limits.bytes)});
  }
  TRY_VOID(check_utf8(source, statement));
  Scanner scanner(source.text(), statement);
  Prescan checks(source, limits);
  for (Lexeme lexeme = scanner.next(); lexeme.kind != Lex::end; lexeme = scanner.next()) {
    if (lexeme.kind != Lex::newline) TRY_VOID(checks.add(lexeme));
  }
  return std::move(checks).done();
}

}  // namespace jitegral::syntax
