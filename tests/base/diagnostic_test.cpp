#include "base/diagnostic.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using namespace jitegral;

namespace {

Diagnostic sample(const std::string& text, Span span) {
  return fail(Code::unexpected_token, Source("<input>", text), span, {"')'", "an expression"}).error();
}

std::string last_line(const std::string& text) { return text.substr(text.rfind('\n') + 1); }

}  // namespace

TEST_CASE("a diagnostic shows name, line, column, message, the line and carets") {
  CHECK(sample("cos()", {4, 5}).render() ==
        "<input>:1:5: error E103: unexpected ')', expected an expression\n"
        "  1 | cos()\n"
        "    |     ^");
}

TEST_CASE("notes follow, each on a line of its own") {
  CHECK(sample("a\nb )\nc", {4, 5}).note("one").note("two").render() ==
        "<input>:2:3: error E103: unexpected ')', expected an expression\n"
        "  2 | b )\n"
        "    |   ^\n"
        "    = note: one\n"
        "    = note: two");
}

TEST_CASE("without a source there is only the message") {
  const Diagnostic diagnostic = fail(Code::cannot_read, {"f.jtg", "no such file"}).error();
  CHECK(diagnostic.render() == "error E601: cannot read f.jtg: no such file");
  CHECK(diagnostic.position().line == 1);
}

TEST_CASE("missing arguments leave a gap and braces in arguments stay") {
  CHECK(fail(Code::unexpected_token).error().message() == "unexpected , expected ");
  CHECK(fail(Code::bad_usage, {"{0} {1}"}).error().message() == "{0} {1}");
}

TEST_CASE("every code has an id of its own") {
  CHECK(id(Code::invalid_utf8) == "E101");
  CHECK(id(Code::bad_usage) == "E604");
}

TEST_CASE("columns count characters, carets count cells") {
  CHECK(sample("π+é )", {6, 7}).position().column == 5);
  CHECK(last_line(sample("π+é )", {6, 7}).render()) == "    |     ^");
  CHECK(last_line(sample("漢字)", {6, 7}).render()) == "    |     ^");  // two cells each
  CHECK(last_line(sample("e\u0301)", {3, 4}).render()) == "    |  ^");  // an accent takes none
  CHECK(last_line(sample("漢字", {3, 6}).render()) == "    |   ^^");
}

TEST_CASE("a span over several lines is marked on its first") {
  CHECK(last_line(sample("ab\ncd", {1, 5}).render()) == "    |  ^");
}

TEST_CASE("the end of the text can be pointed at") {
  CHECK(last_line(sample("1 +", {3, 3}).render()) == "    |    ^");
  CHECK(last_line(sample("", {0, 0}).render()) == "    | ^");
  CHECK(last_line(sample("x", {100, 200}).render()) == "    |  ^");
}

TEST_CASE("control characters never reach the terminal") {
  const std::string text = sample("\x1b[31m\t\r\x01 \xff \u202E)", {0, 1}).render();
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\t') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find('\xff') == std::string::npos);
  CHECK(text.find("\u202E") == std::string::npos);
}

TEST_CASE("a long line is cut around the place") {
  const std::string text = std::string(5000, 'x') + ')' + std::string(5000, 'y');
  const std::string shown = sample(text, {5000, 5001}).render();
  CHECK(shown.size() < 400);
  const std::size_t line = shown.find("  1 | ") + 6;
  const std::size_t carets = shown.rfind("    | ") + 6;
  CHECK(shown.at(line + shown.find('^') - carets) == ')');
  CHECK(shown.substr(line, 4) == "...x");
}

TEST_CASE("positions") {
  const Source source("s", "ab\r\nπc\n");
  CHECK(source.position(0).column == 1);
  CHECK(source.position(5).line == 2);
  CHECK(source.position(5).column == 1);  // inside of the two bytes of π
  CHECK(source.position(6).column == 2);
  CHECK(source.position(99).line == 3);
  CHECK(source.slice(source.line_around(1)) == "ab");
  CHECK(source.slice(source.line_around(4)) == "πc");
  CHECK(source.slice({5, 1000}).size() == 3);
  CHECK(source.slice({1000, 5}).empty());
}

TEST_CASE("characters of a text") {
  CHECK(code_point_at("π", 0).value == U'π');
  CHECK(code_point_at("\U0001D400", 0).length == 4);
  for (const std::string_view bad :
       {"\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    CHECK_FALSE(code_point_at(bad, 0).valid);
    CHECK(code_point_at(bad, 0).length == 1);
  }
}

TEST_CASE("the nearest name") {
  constexpr std::array<std::string_view, 8> known = {"sin", "sinh", "cos",           "integrate",
                                                     "pi",  "e",    "gauss_kronrod", "gauss"};
  CHECK(nearest("integrat", known) == "integrate");
  CHECK(nearest("intergate", known) == "integrate");
  CHECK(nearest("SIN", known) == "sin");
  CHECK(nearest("cso", known) == "cos");  // neighbours swapped
  CHECK(nearest("PI", known) == "pi");
  CHECK(nearest("guass", known) == "gauss");
  CHECK(nearest("gauss_konrod", known) == "gauss_kronrod");
  CHECK_FALSE(nearest("x", known));  // one letter is near to everything
  CHECK_FALSE(nearest("foobar", known));
  CHECK_FALSE(nearest("", known));
  CHECK_FALSE(nearest(std::string(1 << 20, 'a'), known));
}
