#include "cli/explanation_text.h"

#include <fmt/format.h>

#include "base/explanation.h"

namespace jitegral::cli {
namespace {

std::string indented(std::string_view script) {
  std::string text = "  ";
  for (char c : script) text += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return text + "\n";
}

}  // namespace

bool looks_like_code(const std::string& text) {
  const bool letter = !text.empty() && std::string_view("EeWw").contains(text[0]);
  return letter && text.size() > 1 && text.find_first_not_of("0123456789", 1) == text.npos;
}

Expected<std::string> explanation_text(const std::string& asked) {
  const auto code = find_code(asked);
  if (!code) return fail(Code::unknown_code, {"'" + asked + "'"});
  const Explanation found = explanation(*code);
  std::string text = fmt::format("{}: {}\n\n{}\n", id(*code), pattern_text(*code), found.why);
  if (!found.wrong.empty())
    text += fmt::format("\nThis gives {}:\n{}\nThis does not:\n{}", id(*code), indented(found.wrong),
                        indented(found.mended));
  return text;
}

}  // namespace jitegral::cli
