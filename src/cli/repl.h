// The conversation: a prompt with line editing, history and completion.
#pragma once

#include <string>

#include "api/workspace.h"
#include "cli/output.h"

namespace jitegral::cli {

// Begins with the statements and commands of the file `startup`, unless it is empty. `:set` changes
// `preferences`.
Exit converse(Workspace& workspace, Preferences& preferences, const std::string& startup);

}  // namespace jitegral::cli
