// Runs statements in a Workspace with output, progress and Ctrl-C in place.
#pragma once

#include "api/workspace.h"
#include "cli/output.h"
#include "cli/progress.h"

namespace jitegral::cli {

class Runner {
 public:
  // While a Runner lives, Ctrl-C stops what its workspace runs; a second one ends the process.
  Runner(Workspace& workspace, Format format);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void run(const Source& source);
  [[nodiscard]] Exit exit() const { return output_.exit(); }
  Workspace& workspace() { return workspace_; }
  Output& output() { return output_; }

 private:
  Workspace& workspace_;
  Output output_;
  ProgressLine progress_;
};

}  // namespace jitegral::cli
