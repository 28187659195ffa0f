// Runs statements in a Workspace with output, progress and Ctrl-C in place.
#pragma once

#include <string>

#include "api/workspace.h"
#include "cli/output.h"
#include "cli/progress.h"

namespace jitegral::cli {

class Runner {
 public:
  // While a Runner lives, Ctrl-C stops what its workspace runs; a second one ends the process.
  Runner(Workspace& workspace, const Preferences& preferences, bool talking);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Runs all statements of a text, or one; false if there was a mistake in it.
  bool run(const Source& source);
  bool run(const Source& source, Span statement);
  // Prints what is found in the statements' integrals. The pictures of them go to the terminal, if there is
  // one, or the first one into the file. False if there was a mistake.
  bool explain(const Source& source);
  // Where plots go: a file, by its name's ending; empty: this terminal.
  void draw_into(std::string path) { picture_file_ = std::move(path); }

  [[nodiscard]] Exit exit() const { return output_.exit(); }
  // What happened to the last statement that gave a value.
  [[nodiscard]] const Report& last() const { return last_; }
  Workspace& workspace() { return workspace_; }
  Output& output() { return output_; }
  [[nodiscard]] const Preferences& preferences() const { return preferences_; }

 private:
  void draw(const Picture& picture);

  Workspace& workspace_;
  const Preferences& preferences_;
  Output output_;
  ProgressLine progress_;
  std::string picture_file_;
  Report last_;
};

}  // namespace jitegral::cli
