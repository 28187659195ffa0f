// The file of statements and commands that a conversation begins with.
#pragma once

#include <filesystem>

namespace jitegral::cli {

// The first that exists of $XDG_CONFIG_HOME/jitegral/jtgrc (or the same under ~/.config) and ~/.jtgrc; else
// empty.
std::filesystem::path startup_file();

}  // namespace jitegral::cli
