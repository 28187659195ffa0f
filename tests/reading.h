// Text to Expr for tests: `x` and `y` are free variables.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {

struct Reading {
  Expr formula;
  Symbol x, y;
};

inline Expected<sema::Statement> elaborate_text(const std::string& text, const sema::Scope& scope = {}) {
  const Source source("<test>", text);
  TRY(tree, syntax::parse(source, {0, static_cast<std::uint32_t>(text.size())}));
  return sema::elaborate(tree, scope);
}

inline Reading read_formula(const std::string& text) {
  auto statement = elaborate_text("reading_(x, y) = " + text);
  if (!statement) FAIL(text << "\n" << statement.error().render());
  return {statement->definition.body, statement->definition.parameters[0],
          statement->definition.parameters[1]};
}

}  // namespace jitegral
