// Everything that can be asked about by name: functions, rules, options, constants, messages, integrate and
// plot.
#pragma once

#include <set>
#include <string>

#include "base/diagnostic.h"

namespace jitegral::cli {

// All functions, constants, rules and options, a line each.
std::string reference();

// Everything about one name or one message's code, examples with their values; or, where nothing has this
// name, the lines of reference() that tell of it. Errors: E202, E606.
Expected<std::string> reference(const std::string& topic);

// The names that reference() knows, without messages.
std::set<std::string> help_topics();

// "besselj(n, x)", or empty where no function has this name.
std::string signature_of(const std::string& function);

}  // namespace jitegral::cli
