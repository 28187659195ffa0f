// The state of a conversation at the prompt, and what happens to a line.
#pragma once

#include <string>
#include <vector>

#include "cli/runner.h"

namespace jitegral::cli {

class Conversation {
 public:
  Conversation(Workspace& workspace, Preferences& preferences)
      : runner_(workspace, preferences, true), preferences_(preferences) {}

  // A line as it was typed or pasted: a command, or a statement or a part of one. An empty line ends what is
  // open.
  void take(std::string line);
  // Statements and commands of a file, line by line. Errors: E601.
  Expected<void> take_file(const std::string& path);
  // Runs statements and keeps those without a mistake for :save.
  bool run(const std::string& statements);

  // What was typed of a statement that goes on.
  [[nodiscard]] const std::string& pending() const { return pending_; }
  void forget_pending() { pending_.clear(); }

  [[nodiscard]] bool is_over() const { return over_; }
  void end() { over_ = true; }

  Runner& runner() { return runner_; }
  Workspace& workspace() { return runner_.workspace(); }
  Preferences& preferences() { return preferences_; }
  // All statements so far that had no mistake, a line each.
  [[nodiscard]] const std::string& accepted() const { return accepted_; }
  void mistake(const Diagnostic& diagnostic) { runner_.output().mistake(diagnostic); }
  bool shows_time = false;

 private:
  void tell_time() const;
  Runner runner_;
  Preferences& preferences_;
  std::string pending_;
  std::string accepted_;
  bool pasting_ = false;  // the last line had a prompt of ours in front
  bool over_ = false;
};

}  // namespace jitegral::cli
