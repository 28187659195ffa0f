// jitegral without a subcommand: runs statements from the command line, a file, or standard input.
#pragma once

#include "cli/subcommand.h"

namespace jitegral::cli {

struct RunOrder {
  std::vector<std::string> statements;
  std::string file;
};

Exit run(const RunOrder& order, const Common& common);

}  // namespace jitegral::cli
