// What lies behind a message: why it comes, an example that gives it, and the example mended. One row of
// explanations.def for each of diagnostics.def; a code without one does not compile.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace jitegral {

struct Explanation {
  std::string_view why;
  std::string_view
      wrong;  // a script, or a shell command that begins with "$ "; empty where no text leads there
  std::string_view mended;  // as `wrong`
};

Explanation explanation(Code code);

// The message's pattern, with … for what is filled in.
std::string pattern_text(Code code);

// By id, such as "E101", in either case.
std::optional<Code> find_code(std::string_view id);

// All codes, in the order of their ids.
std::span<const Code> all_codes();

}  // namespace jitegral
