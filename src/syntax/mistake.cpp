#include "syntax/mistake.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/scanner.h"
#include "syntax/wording.h"

namespace jitegral::syntax {
namespace {

enum class Inside : std::uint8_t { nothing, group, call, list };

struct Bracket {
  std::uint32_t begin = 0;  // of the called name, where there is one
  Inside kind = Inside::nothing;
};

// The lexemes around the place where the parser stopped, and the brackets there.
struct Surroundings {
  Lexeme before;
  Lexeme here;
  Lexeme after;
  std::uint32_t opened = 0;  // where the operand begins that `before` closes
  Inside inside = Inside::nothing;
};

Bracket bracket(const Lexeme& open, const Lexeme& before) {
  if (open.text == "[") return {open.span.begin, Inside::list};
  const bool call = before.kind == Lex::name && !is_keyword(before);
  return call ? Bracket{before.span.begin, Inside::call} : Bracket{open.span.begin, Inside::group};
}

Lexeme next_on_any_line(Scanner& scanner) {
  Lexeme lexeme = scanner.next();
  while (lexeme.kind == Lex::newline) lexeme = scanner.next();
  return lexeme;
}

// Lexemes are read again from the start: it is the price of a mistake only.
Surroundings surroundings(const Source& source, Span statement, std::size_t offset) {
  Scanner scanner(source.text(), statement);
  Surroundings at;
  std::vector<Bracket> open;
  at.here = next_on_any_line(scanner);
  while (at.here.kind != Lex::end && at.here.span.begin < offset) {
    if (at.here.kind == Lex::open) open.push_back(bracket(at.here, at.before));
    if (at.here.kind == Lex::close && !open.empty()) {
      at.opened = open.back().begin;
      open.pop_back();
    }
    at.before = std::exchange(at.here, next_on_any_line(scanner));
  }
  at.after = next_on_any_line(scanner);
  if (!open.empty()) at.inside = open.back().kind;
  return at;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

// The parser has left an operand behind when it finds that nothing fits, so that operators are not in its
// set.
bool operator_fits(const Surroundings& at, const std::set<std::string>& expected) {
  const bool other = expected.contains("NUMBER") || expected.contains("NAME") || expected.contains("'in'");
  return ends_operand(at.before) && at.before.text != "]" && !other;
}

std::string after_operand(const Surroundings& at, const std::set<std::string>& expected) {
  if (expected == std::set<std::string>{"'..'"}) return "'..', as in 0..1";
  if (expected.contains("':'")) return "an operator or ':'";
  switch (at.inside) {
    case Inside::group:
      return "an operator or ')'";
    case Inside::call:
      return "an operator, ',' or ')'";
    case Inside::list:
      return "an operator, ',' or ']'";
    case Inside::nothing:
      break;
  }
  return "an operator or the end of the statement";
}

// What the parser could have gone on with, as a person would say it.
std::string expectation(const Surroundings& at, const std::set<std::string>& expected) {
  if (operator_fits(at, expected)) return after_operand(at, expected);
  const bool operand = expected.contains("NUMBER");
  if (operand && at.before.text == "in" && expected.contains("'['")) return "a range such as 0..1 or a list";
  if (operand) return "an expression";
  if (expected.contains("NAME")) return "a name";
  std::vector<std::string> words(expected.begin(), expected.end());
  std::ranges::replace(words, "EOF", "the end of the statement");
  return joined(words);
}

struct Hint {
  std::string_view before;  // empty: anything
  std::string_view here;
  std::string_view note;
};

constexpr std::array hint_rows = {
    Hint{"<", ">", "write != for not equal"},
    Hint{"=", "<", "write <="},
    Hint{"=", ">", "write >="},
    Hint{"/", "/", "write floor(a/b) for whole division"},
    Hint{"+", "=", "a name is defined once and for all with ="},
    Hint{"", "=", "write == to compare; only a name or a function such as f(x) can be defined with ="},
    Hint{"", ":", "a range is written 0..1, a condition c ? a : b"},
    Hint{"", "!", "write gamma(n + 1) for a factorial"},
    Hint{"", "..", "a range only stands in the arguments of integrate, or in a for"},
    Hint{"", "for", "a for stands at the end of a statement that is not a definition"},
    Hint{"", "[", "an index is an argument, as in besselj(0, x)"},
};

std::vector<std::string> hints(const Surroundings& at) {
  if (at.here.text == ":" && at.after.text == "=") return {"write = to define, as in a = 3"};
  if (at.here.text == "for" && at.before.kind == Lex::end) {
    return {"the formula comes first, as in f(x) for x in 0..1 step 0.1"};
  }
  for (const Hint& hint : hint_rows) {
    const bool touching = at.before.text == hint.before && at.before.span.end == at.here.span.begin;
    if (hint.here == at.here.text && (hint.before.empty() || touching)) return {std::string(hint.note)};
  }
  if (at.here.text == "," && at.before.kind == Lex::number) return {"the decimal sign is a point, as in 1.5"};
  return {};
}

// An operand as it stands, or with its brackets emptied where it is too long for a message.
std::string short_operand(std::string_view text) {
  constexpr std::size_t longest = 24;
  const std::size_t bracket = text.find('(');
  if (text.size() <= longest && !text.contains('\n')) return std::string(text);
  if (bracket == std::string_view::npos) return clipped(text);
  return clipped(text.substr(0, bracket)) + "(...)";
}

std::string left_operand(const Source& source, const Surroundings& at) {
  const bool closed = at.before.kind == Lex::close;
  return short_operand(closed ? source.slice({at.opened, at.before.span.end}) : at.before.text);
}

// The operand that starts at the place: a word, a call or a bracket.
std::string right_operand(const Source& source, Span statement, const Surroundings& at) {
  const bool call = at.here.kind == Lex::name && at.after.text == "(";
  if (!call && at.here.kind != Lex::open) return short_operand(at.here.text);
  Scanner scanner(source.text(), {call ? at.after.span.begin : at.here.span.begin, statement.end});
  Lexeme last = scanner.next();
  for (std::size_t depth = 1; depth > 0 && last.kind != Lex::end;) {
    last = scanner.next();
    if (last.kind == Lex::open) ++depth;
    if (last.kind == Lex::close) --depth;
  }
  return short_operand(source.slice({at.here.span.begin, last.span.end}));
}

// 2x, 2(x+1), (x+1)(x-1) are products in mathematics; two names or two numbers may have been meant otherwise.
bool looks_like_product(const Surroundings& at) {
  if (!ends_operand(at.before) || !starts_operand(at.here)) return false;
  if (at.before.kind == Lex::close) return true;
  return at.before.kind == Lex::number && at.here.kind != Lex::number;
}

std::vector<std::string> two_operands(const Surroundings& at) {
  if (at.before.kind != Lex::name || at.here.kind == Lex::open || !starts_operand(at.here)) return {};
  const std::string left = clipped(at.before.text);
  const std::string right = clipped(at.here.text);
  return {"a product is written " + left + '*' + right + ", a call " + left + '(' + right + ')'};
}

}  // namespace

Diagnostic explain(const Source& source, Span statement, const Stop& stop) {
  const Surroundings at = surroundings(source, statement, stop.offset);
  const std::string expected = expectation(at, stop.expected);
  if (at.here.kind == Lex::end) {
    const std::uint32_t end = at.before.kind == Lex::end ? statement.begin : at.before.span.end;
    return fail(Code::unexpected_end, source, {end, end}, {expected}).error();
  }
  const bool operator_missing = operator_fits(at, stop.expected);
  if (operator_missing && looks_like_product(at)) {
    const std::string product = left_operand(source, at) + '*' + right_operand(source, statement, at);
    return fail(Code::implicit_multiplication, source, at.here.span, {product}).error();
  }
  std::vector<std::string> notes = hints(at);
  if (notes.empty() && operator_missing) notes = two_operands(at);
  return fail(Code::unexpected_token, source, at.here.span, {quoted(at.here.text), expected},
              std::move(notes))
      .error();
}

}  // namespace jitegral::syntax
