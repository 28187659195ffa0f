// The desk around the program: its man page and the completions for shells, made from the same tables and
// options that the program itself reads. The build writes them to files with the hidden subcommand
// `generate`.
#pragma once

#include <string>

#include "cli/subcommand.h"

namespace jitegral::cli {

std::string man_page(const CLI::App& program);
std::string bash_completion(const CLI::App& program);
std::string zsh_completion(const CLI::App& program);
std::string fish_completion(const CLI::App& program);

// jitegral generate man|bash|zsh|fish
Subcommand add_generate(CLI::App& program);

}  // namespace jitegral::cli
