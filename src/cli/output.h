// Results and mistakes as text or JSON. Results go to standard output, all else to standard error.
#pragma once

#include <string>

#include "api/workspace.h"

namespace jitegral::cli {

enum class Format : std::uint8_t { text, json, conversation };

// What the process says when it ends (language.md).
enum class Exit : int { fine = 0, no_promise = 1, bad_input = 2, interrupted = 130 };

// Prints reports and mistakes, and remembers how bad it got.
class Output {
 public:
  explicit Output(Format format) : format_(format) {}
  void report(const Report& report);
  void mistake(const Diagnostic& diagnostic);
  [[nodiscard]] Exit exit() const { return exit_; }

 private:
  void worsen(Exit exit);
  Format format_;
  Exit exit_ = Exit::fine;
};

// "12 s", "3.4 ms", "48 µs"
std::string duration_text(double seconds);

}  // namespace jitegral::cli
