// Statements from a pipe, run as they come.
#pragma once

#include <string>

#include "cli/runner.h"

namespace jitegral::cli {

// Reads `fd` to its end; a statement runs as soon as its last line is there.
void run_stream(Runner& runner, int fd, const std::string& name);

}  // namespace jitegral::cli
