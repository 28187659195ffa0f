// Pieces of text that more than one message about syntax uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jitegral::syntax {

// The text between single quotes, cut where it is long.
std::string quoted(std::string_view text);
// A few characters of a text at most, the rest as "...".
std::string clipped(std::string_view text);
// A character as a person would name it: '×' (U+00D7), or U+0007 where it cannot be shown.
std::string named(char32_t character, std::string_view bytes);
// What to write instead of a character that is not of the language; empty where there is no advice.
std::vector<std::string> advice(char32_t character);

}  // namespace jitegral::syntax
