// A line of input with editing keys, history and Tab, by libedit.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cli/completion.h"
#include "cli/history.h"

struct editline;

namespace jitegral::cli {

class LineEditor {
 public:
  struct Helpers {
    std::function<Completion(std::string_view line)> complete;    // for Tab
    std::function<std::string(std::string_view line)> signature;  // shown at the right while a call is open
  };
  LineEditor(LineHistory& history, Helpers helpers);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // The line without its newline. Nothing at the end of input, or where a signal came first (errno is EINTR).
  std::optional<std::string> read(const std::string& prompt);
  // Forgets what was typed of a line that a signal interrupted.
  void reset();

 private:
  struct Keys;  // what libedit calls
  [[nodiscard]] std::string before_cursor() const;
  [[nodiscard]] bool is_searching() const;
  unsigned char on_tab();

  editline* editor_;
  Helpers helpers_;
  std::string prompt_, hint_;
  bool redraw_ = false;  // before the next key
};

}  // namespace jitegral::cli
