// The conversation: a prompt with line editing and history.
#pragma once

#include "api/workspace.h"
#include "cli/output.h"

namespace jitegral::cli {

Exit converse(Workspace& workspace);

}  // namespace jitegral::cli
