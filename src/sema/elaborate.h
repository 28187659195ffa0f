// Tree to Expr: names, arities, definitions, integrals and tables. Tested by tests/sema and tests/language.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "expr/expr.h"
#include "syntax/tree.h"

namespace jitegral::sema {

// What a person has defined: f(x, y) = body, or a constant (no parameters).
struct Definition {
  std::string name;
  bool is_function = false;
  std::vector<Symbol> parameters;
  Expr body;
};

// The names that can be used in a statement, beyond those of the function table.
struct Scope {
  std::map<std::string, Definition, std::less<>> definitions;
  std::vector<std::string_view> rules;     // what `rule = …` may name
  std::vector<std::string_view> backends;  // what `backend = …` may name
};

// One `for v in …`: either start..stop step s, or a list of values.
struct Loop {
  Symbol variable;
  std::vector<Expr> values;  // the list; or start, stop, step
  bool is_range = false;
  Source source{"", ""};
  Span span;
};

enum class StatementKind : std::uint8_t { evaluation, definition };

struct Statement {
  StatementKind kind = StatementKind::evaluation;
  Expr value;               // evaluation: the expression; a definition's body is in `definition`
  std::vector<Loop> loops;  // outermost first
  Definition definition;
};

// The options that integrate knows.
std::span<const std::string_view> option_names();

// Resolves all names of a statement. Does not change the scope: the caller adds a definition once it stands.
// Errors: E2xx, E3xx.
Expected<Statement> elaborate(const syntax::Tree& tree, const Scope& scope);

}  // namespace jitegral::sema
