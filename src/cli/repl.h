// The conversation: a prompt with line editing and history.
#pragma once

#include "api/session.h"
#include "cli/output.h"

namespace jitegral::cli {

Exit converse(Session& session);

}  // namespace jitegral::cli
