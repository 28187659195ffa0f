// What is checked before ANTLR may see a statement: it recurses and its cost grows with every token.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/parse.h"
#include "syntax/scanner.h"

namespace jitegral::syntax {

// The lexemes of source[statement], newlines left out: of bounded number and depth, and without what no
// parser need look at, which is an error: bytes that are not UTF-8, characters and numbers that are none of
// the language's, brackets without a partner.
Expected<std::vector<Lexeme>> prescan(const Source& source, Span statement, const Limits& limits);

}  // namespace jitegral::syntax
