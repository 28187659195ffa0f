#include "cli/history.h"

#include <fcntl.h>
#include <histedit.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace jitegral::cli {
namespace {

namespace fs = std::filesystem;

constexpr int longest = 10'000;  // lines

}  // namespace

fs::path history_file() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  const bool stated = state != nullptr && *state == '/';  // the specification ignores relative paths
  if (!stated && (home == nullptr || *home == '\0')) return {};
  const fs::path base = stated ? fs::path(state) : fs::path(home) / ".local" / "state";
  std::error_code ignored;
  fs::create_directories(base / "jitegral", ignored);
  return base / "jitegral" / "history";
}

LineHistory::LineHistory(const fs::path& file) : history_(history_init()), file_(file.string()) {
  HistEvent event;
  ::history(history_, &event, H_SETSIZE, longest);
  ::history(history_, &event, H_SETUNIQUE, 1);
  if (file_.empty()) return;
  const int loaded = ::history(history_, &event, H_LOAD, file_.c_str());
  if (loaded >= longest) ::history(history_, &event, H_SAVE, file_.c_str());  // the file grew: trim it
  chmod(file_.c_str(), S_IRUSR | S_IWUSR);
}

LineHistory::~LineHistory() { history_end(history_); }

void LineHistory::remember(const std::string& line) {
  if (line.find_first_not_of(" \t\n") == line.npos) return;
  HistEvent event;
  ::history(history_, &event, H_ENTER, line.c_str());
  if (file_.empty()) return;
  const int fd = open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return;
  std::FILE* stream = fdopen(fd, "a");
  if (stream == nullptr) return;
  std::fseek(stream, 0, SEEK_END);  // the library writes its header where the file is empty
  ::history(history_, &event, H_NSAVE_FP, static_cast<std::size_t>(1), stream);
  std::fclose(stream);
}

}  // namespace jitegral::cli
