// Names and integrals: what a statement means. The many error cases stand as scripts in tests/error.
#include "sema/elaborate.h"

#include <doctest/doctest.h>

#include "expr/print.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

sema::Scope scope_with(std::initializer_list<const char*> definitions) {
  sema::Scope scope;
  scope.rules = {"left", "simpson", "auto"};
  scope.backends = {"tbb", "serial"};
  for (const std::string text : definitions) {
    auto statement = elaborate_text(text, scope);
    REQUIRE(statement);
    scope.definitions.insert_or_assign(statement->definition.name, statement->definition);
  }
  return scope;
}

std::string meaning(const std::string& text, const sema::Scope& scope = scope_with({})) {
  auto statement = elaborate_text(text, scope);
  if (!statement) return std::string(id(statement.error().code));
  return to_text(statement->value);
}

TEST_CASE("which variable is integrated over") {
  CHECK(meaning("integrate(cos(t)*t, 0, 1)") == "integrate(cos(t) * t, t = 0..1)");
  CHECK(meaning("integrate(cos, 0, 1)") == "integrate(cos(x), x = 0..1)");
  CHECK(meaning("integrate(3, 0, 1)") == "integrate(3, x = 0..1)");
  CHECK(meaning("integrate(x*y, x = 0..1, y = 0..x)") == "integrate(integrate(x * y, y = 0..x), x = 0..1)");
  CHECK(meaning("integrate(x*y, 0, 1)") == "E302");
  CHECK(meaning("integrate(a*x, x = 0..1)") == "E201");
  CHECK(meaning("integrate(a^2, 0, 1)", scope_with({"a = 3"})) == "E301");
  CHECK(meaning("integrate(a*x, 0, 1)", scope_with({"a = 3"})) == "integrate(3 * x, x = 0..1)");
}

TEST_CASE("a range's variable hides a constant, an option does not see it") {
  const auto scope = scope_with({"x = 5", "n = 10"});
  CHECK(meaning("integrate(x^2, x = 0..x)", scope) == "integrate(x * x, x = 0..5)");
  CHECK(meaning("integrate(x, x = 0..1, n_iter = x*n)", scope) == "integrate(x, x = 0..1, n_iter = 50)");
}

TEST_CASE("functions are inlined without capture") {
  const auto scope = scope_with({"F(a) = integrate(a*x, x = 0..1)", "g(x) = x^2"});
  CHECK(meaning("integrate(F(x), x = 0..2)", scope) == "integrate(integrate(x * x, x = 0..1), x = 0..2)");
  auto statement = elaborate_text("integrate(F(x), x = 0..2)", scope);
  CHECK(free_symbols(statement->value).empty());
  CHECK(meaning("integrate(g, 0, 1)", scope) == "integrate(x * x, x = 0..1)");
  CHECK(meaning("g(3)", scope) == "9");
}

TEST_CASE("recursion is refused, redefinition is not") {
  const auto scope = scope_with({"f(x) = x", "a = 1"});
  CHECK(meaning("f(x) = f(x - 1)", scope) == "E204");
  CHECK(meaning("h(x) = h(x - 1)", scope) == "E204");
  CHECK(elaborate_text("a = a + 1", scope));
  CHECK(meaning("sin(x) = x", scope) == "E205");
  CHECK(meaning("pi = 3", scope) == "E205");
}

TEST_CASE("an unknown name comes with the nearest known one") {
  auto statement = elaborate_text("sqt(2)");
  REQUIRE(!statement);
  REQUIRE(statement.error().notes.size() == 1);
  CHECK(statement.error().notes[0].find("sqrt") != std::string::npos);
}

}  // namespace
}  // namespace jitegral
