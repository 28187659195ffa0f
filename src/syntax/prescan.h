// What is checked before ANTLR may see a statement: it recurses and its cost grows with every token.
#pragma once

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/parse.h"

namespace jitegral::syntax {

// Bounds the size and depth of source[statement], and reports what no parser need look at: bytes that are not
// UTF-8, characters and numbers that are none of the language's, brackets without a partner.
Expected<void> prescan(const Source& source, Span statement, const Limits& limits);

}  // namespace jitegral::syntax
