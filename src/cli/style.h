// Colour on a terminal, or none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jitegral::cli {

enum class Colour : std::uint8_t { automatic, always, never };

// True if what goes to file descriptor `fd` shall be coloured: asked for, or a terminal that is not dumb
// while NO_COLOR (https://no-color.org) is unset or empty.
bool coloured(Colour wish, int fd);

// Wraps text into escape codes, or leaves it as it is.
class Style {
 public:
  explicit Style(bool on) : on_(on) {}
  [[nodiscard]] std::string dim(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string good(std::string_view text) const { return wrap("32", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return wrap("31", text); }
  [[nodiscard]] std::string poor(std::string_view text) const { return wrap("33", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const;
  bool on_;
};

}  // namespace jitegral::cli
