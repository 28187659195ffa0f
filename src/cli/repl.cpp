#include "cli/repl.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>

#include "cli/conversation.h"
#include "cli/line_editor.h"
#include "cli/paste.h"

namespace jitegral::cli {
namespace {

// A statement of several lines is one entry of the history: inside brackets a newline is as good as a blank.
std::string as_one_line(std::string text) {
  const bool has_comment = text.contains('#');
  for (char& c : text)
    if (c == '\n' && !has_comment) c = ' ';
  return text;
}

void remember(LineHistory& history, const std::string& before, const std::string& line, bool goes_on) {
  if (goes_on) return;
  history.remember(as_one_line(before + line));
}

}  // namespace

Exit converse(Workspace& workspace, Preferences& preferences, const std::string& startup) {
  Conversation conversation(workspace, preferences);
  LineHistory history(history_file());
  LineEditor editor(history, {[&](std::string_view line) { return complete(workspace, line); },
                              [&](std::string_view line) { return signature_hint(workspace, line); }});
  fmt::print("jitegral {} · {} · :help\n", JITEGRAL_VERSION, workspace.target());
  if (!startup.empty())
    if (auto done = conversation.take_file(startup); !done) conversation.mistake(done.error());
  while (!conversation.is_over()) {
    workspace.clear_interrupt();
    const auto line = editor.read(std::string(conversation.pending().empty() ? first_prompt : next_prompt));
    if (!line) {
      if (errno != EINTR && !workspace.interrupted()) break;
      editor.reset();
      conversation.forget_pending();
      fmt::print("\n");
      continue;
    }
    workspace.clear_interrupt();
    const std::string before = conversation.pending();
    conversation.take(*line);
    remember(history, before, *line, !conversation.pending().empty());
    std::fflush(stdout);
  }
  return Exit::fine;
}

}  // namespace jitegral::cli
