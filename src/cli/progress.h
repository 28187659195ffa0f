// The progress line: one line on standard error that overwrites itself, for whatever runs longer than half a
// second on a terminal.
#pragma once

#include "api/workspace.h"

namespace jitegral::cli {

class ProgressLine {
 public:
  ProgressLine();
  // Shows how far the work is, how fast it goes, and an estimate of the time left.
  void show(const StatementProgress& progress);
  // Removes the line, before anything else is printed.
  void clear();

 private:
  bool on_terminal_;
  bool shown_ = false;
};

}  // namespace jitegral::cli
