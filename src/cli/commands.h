// The commands of a conversation, `:help` and the others, in one table.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "cli/conversation.h"

namespace jitegral::cli {

struct Command {
  std::string_view name;   // without the colon
  std::string_view takes;  // what may follow, for help
  std::string_view doc;
  void (*run)(Conversation&, const std::string& argument);
};
std::span<const Command> commands();

// A line that begins with : or ?.
bool is_command(std::string_view line);
// Runs such a line: `:name argument`, `?topic` for :help, `??word` for :functions. Names may be shortened.
void obey(Conversation& conversation, const std::string& line);

// The names, for Tab.
std::set<std::string> command_words();

}  // namespace jitegral::cli
