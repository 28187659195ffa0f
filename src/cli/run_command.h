// jitegral without a subcommand: runs statements and files in the order in which they stand, or converses.
#pragma once

#include "cli/subcommand.h"

namespace jitegral::cli {

struct RunOrder {
  struct Input {
    enum class Kind : std::uint8_t { statement, file } kind;
    std::string text;  // the statement, or the file's path; - is standard input
  };
  std::vector<Input> inputs;
  bool stay = false;  // converse afterwards
  bool startup = true;
};

Exit run(const RunOrder& order, Preferences& preferences);

}  // namespace jitegral::cli
