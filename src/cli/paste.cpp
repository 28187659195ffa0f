#include "cli/paste.h"

#include <regex>

namespace jitegral::cli {

bool strip_prompts(std::string& line, bool goes_on) {
  static const std::regex prompts(R"(^\s*(?:(?:jitegral)?>+\s|In ?\[\d+\]:=?\s?)+)");
  static const std::regex continuation(R"(^\s*(?:\.+|>)\s)");
  if (line.size() > 4096) return false;  // nobody's prompt; std::regex recurses
  std::smatch found;
  if (!std::regex_search(line, found, prompts) && !(goes_on && std::regex_search(line, found, continuation)))
    return false;
  line.erase(0, static_cast<std::size_t>(found.length()));
  return true;
}

bool looks_like_output(std::string_view line) {
  for (std::string_view start : {"= ", "warning:", "<input>:", "interrupted"})
    if (line.starts_with(start)) return true;
  return line.starts_with("  ") && (line.contains(" | ") || line.contains("= note:"));
}

}  // namespace jitegral::cli
