// Says in human words what is wrong where the parser stopped.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"

namespace jitegral::syntax {

// Where the parser stopped (a byte offset) and the tokens it could have gone on with, spelled as in the
// grammar:
// "'+'", "NUMBER", "EOF".
struct Stop {
  std::size_t offset = 0;
  std::set<std::string> expected{};
};

Diagnostic explain(const Source& source, Span statement, const Stop& stop);

}  // namespace jitegral::syntax
