// Runs statements in a Session with output, progress and Ctrl-C in place.
#pragma once

#include "api/session.h"
#include "cli/output.h"
#include "cli/progress.h"

namespace jitegral::cli {

class Runner {
 public:
  // While a Runner lives, Ctrl-C stops what its session runs; a second one ends the process.
  Runner(Session& session, Format format);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void run(const Source& source);
  [[nodiscard]] Exit exit() const { return output_.exit(); }
  Session& session() { return session_; }
  Output& output() { return output_; }

 private:
  Session& session_;
  Output output_;
  ProgressLine progress_;
};

}  // namespace jitegral::cli
