#include "syntax/prescan.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "syntax/nesting.h"
#include "syntax/scanner.h"

using namespace jitegral;
using namespace jitegral::syntax;

namespace {

// "" where the text passes, else "E105 1:4".
std::string verdict(const std::string& text, const Limits& limits = {}) {
  const Source source("<input>", text);
  const auto checked = prescan(source, {0, static_cast<std::uint32_t>(text.size())}, limits);
  if (checked) return "";
  const Position place = checked.error().position();
  return std::string(id(checked.error().code)) + ' ' + std::to_string(place.line) + ':' +
         std::to_string(place.column);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::size_t deepest(const std::string& text) {
  Scanner scanner(text, {0, static_cast<std::uint32_t>(text.size())});
  Nesting nesting;
  std::size_t most = 0;
  for (Lexeme lexeme = scanner.next(); lexeme.kind != Lex::end; lexeme = scanner.next()) {
    nesting.add(lexeme);
    most = std::max(most, nesting.depth());
  }
  return most;
}

struct Case {
  std::string text;
  std::string verdict;
};

}  // namespace

TEST_CASE("what needs no parser") {
  const Case cases[] = {
      {"cos(\xff)", "E101 1:5"},
      {"x # \xff", "E101 1:5"},
      {"π\xc0\x80", "E101 1:2"},
      {"a$b", "E102 1:2"},
      {"π × 2", "E102 1:3"},
      {std::string("a\0b", 3), "E102 1:2"},
      {"a ; b", "E102 1:3"},
      {"x.y", "E102 1:2"},
      {"1 .", "E102 1:3"},
      {"cos(sin(x)", "E105 1:4"},
      {"[1, 2", "E105 1:1"},
      {"f(\n  [1,\n 2)", "E106 3:3"},
      {"x)", "E106 1:2"},
      {"(1]", "E106 1:3"},
      {"1e", "E108 1:1"},
      {"2e+x", "E108 1:1"},
      {"x + 1.2.3", "E108 1:5"},
      {"1__0", "E108 1:1"},
      {"1_", "E108 1:1"},
      {"0x1F", "E108 1:1"},
      {"1e5.5", "E108 1:1"},
      {"1.5.", "E108 1:1"},
      {"1 + .5 + 1. + 1e-3 + 1_000_000 + 1.e5", ""},
      {"0..pi/2", ""},
      {"0.5..1.5", ""},
      {"1e5..2", ""},
      {"2exp(x)", ""},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(verdict(c.text) == c.verdict);
  }
}

TEST_CASE("bytes, tokens and nesting are bounded") {
  CHECK(verdict("x + y", {.bytes = 4}) == "E401 1:1");
  CHECK(verdict("x + y", {.bytes = 5}) == "");
  CHECK(verdict("x + y", {.tokens = 2}) == "E402 1:5");
  CHECK(verdict("((x))", {.nesting = 1}) == "E403 1:2");
  CHECK(verdict(std::string(10'000'000, 'x')) == "E401 1:1");
  CHECK(verdict(repeated("(", 100'000)) == "E403 1:257");
  CHECK(verdict(repeated("-", 100'000)) == "E403 1:257");
  CHECK(verdict(repeated("!", 100'000)) == "E403 1:257");
  CHECK(verdict(repeated("not ", 100'000)) == "E403 1:1025");
  CHECK(verdict(repeated("x^", 100'000)) == "E403 1:514");
  CHECK(verdict(repeated("x**-", 100'000)).starts_with("E403"));
  CHECK(verdict(repeated("a?b:", 100'000)) == "E403 1:1026");
  CHECK(verdict(repeated("a?", 100'000)) == "E403 1:514");
  CHECK(verdict(repeated("a + not ", 100'000)).starts_with("E403"));
  CHECK(verdict(repeated("f(", 100'000)).starts_with("E403"));
}

TEST_CASE("what stands side by side does not nest") {
  CHECK(deepest(repeated("x + ", 1000)) == 0);
  CHECK(deepest(repeated("x^2 + y**3 - ", 1000)) == 1);
  CHECK(deepest(repeated("-x - -y * ", 1000)) == 1);
  CHECK(deepest(repeated("(a ? b : c) + ", 1000)) == 2);
  CHECK(deepest("f(" + repeated("a ? b : c, ", 1000)) == 2);
  CHECK(deepest(repeated("not a and !b or ", 1000)) == 1);
  CHECK(deepest(repeated("a < b == ", 1000)) == 0);
  CHECK(deepest(repeated("x for x in -1..2^3 step -1 ", 1000)) == 1);
}

TEST_CASE("what nests is counted") {
  CHECK(deepest("f([(x)])") == 3);
  CHECK(deepest("2^-x^-y") == 4);
  CHECK(deepest("a ? b : c ? d : e") == 2);
  CHECK(deepest("a ? b ? c : d : e") == 2);
  CHECK(deepest("a ? b : c or -d ? e : f") == 2);
  CHECK(deepest("- - + ! not x") == 5);
  CHECK(deepest(")))(((") == 3);
}
