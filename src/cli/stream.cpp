#include "cli/stream.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace jitegral::cli {
namespace {

// What has been read and not yet run: whole lines at first, and the number of the first one.
struct Unread {
  std::string text;
  std::size_t first_line = 1;
  std::size_t worth_trying = 0;  // bytes; below it no statement can be complete

  void drop(std::size_t bytes) {
    first_line += static_cast<std::size_t>(std::ranges::count(text.substr(0, bytes), '\n'));
    text.erase(0, bytes);
    worth_trying = 0;
  }
};

// Runs the statements of the whole lines, but the last if it goes on; all of them at the end of input.
void run_lines(Runner& runner, Unread& unread, const std::string& name, bool at_end) {
  const std::size_t newline = unread.text.rfind('\n');
  const std::size_t whole = at_end ? unread.text.size() : newline == unread.text.npos ? 0 : newline + 1;
  if (whole == 0 || (!at_end && whole < unread.worth_trying)) return;
  const Source source(name, unread.text.substr(0, whole), unread.first_line);
  const StatementSpans found = split_statements(source);
  const bool keeps_last = !at_end && !found.complete && !found.spans.empty();
  for (std::size_t i = 0; i + (keeps_last ? 1 : 0) < found.spans.size(); ++i) {
    if (runner.workspace().interrupted()) return;
    runner.run(source, found.spans[i]);
  }
  unread.drop(keeps_last ? found.spans.back().begin : whole);
  // A statement that goes on for long is not looked at again for every line: that would be quadratic.
  if (keeps_last && unread.text.size() > 65536) unread.worth_trying = 2 * unread.text.size();
}

}  // namespace

void run_stream(Runner& runner, int fd, const std::string& name) {
  Unread unread;
  std::array<char, 65536> buffer;
  while (!runner.workspace().interrupted()) {
    const ssize_t count = read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    unread.text.append(buffer.data(), static_cast<std::size_t>(count));
    run_lines(runner, unread, name, false);
  }
  run_lines(runner, unread, name, true);
}

}  // namespace jitegral::cli
