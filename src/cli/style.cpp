#include "cli/style.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace jitegral::cli {

bool coloured(Colour wish, int fd) {
  if (wish != Colour::automatic) return wish == Colour::always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool unwanted = no_color != nullptr && *no_color != '\0';
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return !unwanted && !dumb && isatty(fd) != 0;
}

std::string Style::wrap(std::string_view code, std::string_view text) const {
  return on_ && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace jitegral::cli
