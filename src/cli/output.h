// Results and mistakes for a person or a program. Results go to standard output, all else to standard error.
#pragma once

#include <string>
#include <vector>

#include "api/workspace.h"
#include "cli/preferences.h"

namespace jitegral::cli {

// What the process says when it ends (README).
enum class Exit : int { fine = 0, no_promise = 1, bad_input = 2, interrupted = 130 };

// Prints reports and mistakes, and remembers how bad it got.
class Output {
 public:
  // `talking`: to a person at the prompt, who sees what a value is worth. `preferences` are looked at each
  // time.
  Output(const Preferences& preferences, bool talking) : preferences_(preferences), talking_(talking) {}
  void report(const Report& report);
  void mistake(const Diagnostic& diagnostic);
  // A statement begins: its rows are a table of their own.
  void begin() { in_table_ = false; }
  [[nodiscard]] Exit exit() const { return exit_; }

 private:
  void worsen(Exit exit);
  void print(const Report& report);
  void print_text(const Report& report);
  void print_csv(const Report& report);
  void print_aligned(const Report& report);
  void warn(const Report& report) const;

  const Preferences& preferences_;
  bool talking_;
  Exit exit_ = Exit::fine;
  bool in_table_ = false;             // its header is printed
  std::vector<std::string> columns_;  // that the last CSV header named
};

// A report as one JSON object, a mistake too.
std::string json_text(const Report& report);
std::string json_text(const Diagnostic& diagnostic);

}  // namespace jitegral::cli
