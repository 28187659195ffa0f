#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "syntax/parse.h"

using namespace jitegral;

namespace {

std::vector<std::string> pieces(const std::string& text) {
  const Source source("<input>", text);
  std::vector<std::string> out;
  for (const Span span : syntax::split(source).spans) out.emplace_back(source.slice(span));
  return out;
}

bool complete(const std::string& text) { return syntax::split(Source("<input>", text)).complete; }

using Pieces = std::vector<std::string>;

}  // namespace

TEST_CASE("newlines and semicolons end statements, blanks and comments are left out") {
  CHECK(pieces("a = 3;  f(t) = t ; 2*f(1)") == Pieces{"a = 3", "f(t) = t", "2*f(1)"});
  CHECK(pieces("\n\n a \n;;\n# comment; (\r\n b # more\r\n") == Pieces{"a", "b"});
  CHECK(pieces("").empty());
  CHECK(pieces(" # nothing").empty());
  CHECK(pieces("\xEF\xBB\xBF"
               "x\ny") == Pieces{"x", "y"});
}

TEST_CASE("inside brackets and after an operator a statement goes on") {
  CHECK(pieces("f(1,\n2)\nx") == Pieces{"f(1,\n2)", "x"});
  CHECK(pieces("f(1, # one; (\n2)\nx") == Pieces{"f(1, # one; (\n2)", "x"});
  CHECK(pieces("1 +\n\n 2\n3") == Pieces{"1 +\n\n 2", "3"});
  CHECK(pieces("a and\nb") == Pieces{"a and\nb"});
  CHECK(pieces("f(x) =\n x") == Pieces{"f(x) =\n x"});
  CHECK(pieces("1 +; 2") == Pieces{"1 +", "2"});
  CHECK(pieces("1\n+ 2") == Pieces{"1", "+ 2"});
  CHECK(pieces("f(x; y)") == Pieces{"f(x; y)"});
  CHECK(pieces("x)\ny") == Pieces{"x)", "y"});
}

TEST_CASE("a text is complete unless something is open at its end") {
  for (const char* const text : {"", "x", "x;", "f(1)\n", "1 +;", "5!", "x)", "f(1\n+2)", "x # +", "1."})
    CHECK(complete(text));
  for (const char* const text :
       {"f(", "[1, 2\n", "1 +", "1 +\n", "f(x) =", "a ?", "not", "x for", "x ^ # power", "1,", "0.."}) {
    CHECK_FALSE(complete(text));
  }
}

TEST_CASE("any bytes can be split") {
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += static_cast<char>((i * 7919) % 251);
  CHECK_FALSE(pieces(bytes).empty());
}
