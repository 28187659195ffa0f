#include "cli/conversation.h"

#include <fmt/format.h>

#include <sstream>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/number_text.h"
#include "cli/paste.h"

namespace jitegral::cli {

void Conversation::take(std::string line) {
  const bool prompted = strip_prompts(line, !pending_.empty());
  if (pasting_ && !prompted && pending_.empty() && looks_like_output(line)) return;
  pasting_ = prompted || (pasting_ && line.empty());
  if (pending_.empty() && is_command(line)) return obey(*this, line);
  pending_ += line + "\n";
  if (!split_statements(Source("<input>", pending_)).complete && !line.empty()) return;
  const std::string statements = std::exchange(pending_, {});
  run(statements);
}

bool Conversation::run(const std::string& statements) {
  const Source source("<input>", statements);
  bool fine = true;
  for (Span span : split_statements(source).spans) {
    if (workspace().interrupted()) return fine;
    if (!runner_.run(source, span)) {
      fine = false;
      continue;
    }
    accepted_ += std::string(source.slice(span)) + "\n";
    if (shows_time) tell_time();
  }
  return fine;
}

void Conversation::tell_time() const {
  const Report& last = runner_.last();
  fmt::print("  {} to run, {} to compile\n", duration_text(last.seconds),
             duration_text(last.compile_seconds));
}

Expected<void> Conversation::take_file(const std::string& path) {
  TRY(source, read_file(path));
  std::istringstream lines{std::string(source.text())};
  for (std::string line; std::getline(lines, line) && !over_ && !workspace().interrupted();) take(line);
  if (!pending_.empty()) run(std::exchange(pending_, {}));
  return {};
}

}  // namespace jitegral::cli
