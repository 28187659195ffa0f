// Text to Tree. The one entry to the ANTLR4 grammar in grammar/JitegralParser.g4; tested by tests/syntax.
#pragma once

#include <cstddef>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/tree.h"

namespace jitegral::syntax {

// Untrusted text is bounded before any of it is parsed.
struct Limits {
  std::size_t bytes = 4U << 20U;   // of one statement
  std::size_t tokens = 1U << 20U;  // of one statement
  std::size_t nesting = 256;       // brackets, chained ^ and ?:, and stacked signs
};

// The statements of a text: split at newlines and `;` outside brackets, comments and blank ones left out. A
// line that ends in an operator or a comma goes on in the next one.
struct Statements {
  std::vector<Span> spans;
  bool complete = true;  // false if a bracket is still open or the text ends in an operator: a REPL reads on
};
Statements split(const Source& source);

// Parses the one statement that `span` holds. Thread-safe (serialised: ANTLR 4.9's caches are shared).
// Errors: E1xx, E4xx, and E209 or E210 where a range or a list is the whole value of a statement.
Expected<Tree> parse(const Source& source, Span span, const Limits& limits = {});

}  // namespace jitegral::syntax
