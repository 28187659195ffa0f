// What can stand at the cursor: words for Tab, and the signature of the function being typed. Pure functions
// of the line and the names known; tested through the prompt by tests/cli.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/workspace.h"

namespace jitegral::cli {

struct Completion {
  std::size_t begin = 0;           // where the word begins that a candidate replaces
  std::vector<std::string> words;  // sorted
};

// `line` up to the cursor.
Completion complete(const Workspace& workspace, std::string_view line);

// The signature of the innermost call that is open at the end of `line`; empty if there is none.
std::string signature_hint(const Workspace& workspace, std::string_view line);

}  // namespace jitegral::cli
