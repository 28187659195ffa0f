// Tree to Expr: names, arities, definitions, integrals and tables. Tested by tests/sema and tests/language.
#pragma once

#include <cstdint>
#include <deque>
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
  std::shared_ptr<const Host> host;  // a function of the host program, instead of a body
};

// The names that can be used in a statement, beyond those of the function table.
struct Scope {
  std::map<std::string, Definition, std::less<>> definitions;
  std::vector<std::string_view> rules;     // what `rule = …` may name
  std::vector<std::string_view> backends;  // what `backend = …` may name
  // Earlier results, which %1, %2, … mean: results[0] is %`first_result`. `ans` is the last one.
  std::deque<Expr> results;
  std::uint64_t first_result = 1;
};

// One `for v in …`: either start..stop step s, or a list of values.
struct Loop {
  Symbol variable;
  std::vector<Expr> values;  // the list; or start, stop, step
  bool is_range = false;
  Source source{"", ""};
  Span span;
};

// plot f, g, x = 0..10: curves over a range. plot f(x) for x in …: one curve, and the loops of the statement.
struct Plot {
  struct Curve {
    std::string name;  // the formula as it was written
    Symbol variable;
    Expr body;
  };
  std::vector<Curve> curves;
  Expr lower, upper;  // absent where there are loops
  Source source{"", ""};
  Span range;
};

enum class StatementKind : std::uint8_t { evaluation, definition, plot };

struct Statement {
  StatementKind kind = StatementKind::evaluation;
  Expr value;               // evaluation: the expression; a definition's body is in `definition`
  std::vector<Loop> loops;  // outermost first
  Definition definition;
  Plot plot;
};

// An option that integrate knows, with a sentence for help.
struct Option {
  std::string_view name;
  std::string_view doc;
};
std::span<const Option> integral_options();

// A formula whose free names are its parameters, in the order in which they first stand; a function's bare
// name means its body. Errors as for elaborate().
Expected<Definition> elaborate_open(const syntax::Tree& tree, const Scope& scope);

// Every part of a statement as a formula of its own with its place, parts before wholes: to tell which part
// is to blame for a value. Ranges, lists and names of functions are left out.
struct Part {
  Expr formula;
  Span span;
};
std::vector<Part> parts(const syntax::Tree& tree, const Scope& scope);

// The words of options that are not numbers, where a program and not a text gave them. Errors: E307, E308.
Expected<void> check_words(const Expr::IntegralOptions& options, const Scope& scope);

// Resolves all names of a statement. Does not change the scope: the caller adds a definition once it stands.
// Errors: E2xx, E3xx.
Expected<Statement> elaborate(const syntax::Tree& tree, const Scope& scope);

// Resolves a statement that is to be a function of its arguments, for a program to call: a definition f(x, a)
// = …, the bare name of a function, or an expression over `arguments`. With `arguments` empty its free name,
// if there is one, is the argument. Errors: E2xx, E3xx, E701, E702.
Expected<Definition> elaborate_function(const syntax::Tree& tree, const Scope& scope,
                                        std::span<const Symbol> arguments);

}  // namespace jitegral::sema
