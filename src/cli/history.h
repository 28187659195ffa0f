// What was typed in this and earlier conversations, for the arrow keys and Ctrl-R.
#pragma once

#include <filesystem>
#include <string>

struct history;

namespace jitegral::cli {

// $XDG_STATE_HOME/jitegral/history, or the same under ~/.local/state. Empty if there is no home.
std::filesystem::path history_file();

// Kept in a file that only its owner can read. Each line is added to the file at once, so that conversations
// that run at the same time, or are killed, lose nothing.
class LineHistory {
 public:
  explicit LineHistory(const std::filesystem::path& file);
  ~LineHistory();
  LineHistory(const LineHistory&) = delete;
  LineHistory& operator=(const LineHistory&) = delete;

  void remember(const std::string& line);
  [[nodiscard]] struct history* handle() const { return history_; }

 private:
  struct history* history_;
  std::string file_;
};

}  // namespace jitegral::cli
