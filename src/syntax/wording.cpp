#include "syntax/wording.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/source.h"
#include "syntax/letters.h"

namespace jitegral::syntax {
namespace {

struct Advice {
  std::u32string_view characters;
  std::string_view note;
};

constexpr std::array advice_rows = {
    Advice{U"\u00D7\u00B7\u22C5\u2219\u2217\u2022\u2715\u2716", "write * for multiplication"},
    Advice{U"\u00F7\u2215\u2044\u29F8", "write / for division"},
    Advice{U"\u2212\u2010\u2011\u2012\u2013\u2014\uFE63\uFF0D", "write the plain minus sign -"},
    Advice{U"\uFF0B\uFE62", "write the plain plus sign +"},
    Advice{U"\u00B9", "write ^1 for a power"},
    Advice{U"\u00B2", "write ^2 for a square"},
    Advice{U"\u00B3", "write ^3 for a cube"},
    Advice{U"\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207B\u207F", "write a power with ^, as in x^4"},
    Advice{U"\u221A", "write sqrt(...)"},
    Advice{U"\u221B", "write cbrt(...)"},
    Advice{U"\u222B\u222C\u222D", "write integrate(formula, x = a..b)"},
    Advice{U"\u2264\u2A7D", "write <="},
    Advice{U"\u2265\u2A7E", "write >="},
    Advice{U"\u2260", "write !="},
    Advice{U"\u2261", "write =="},
    Advice{U"\u2227", "write and"},
    Advice{U"\u2228", "write or"},
    Advice{U"\u00AC~", "write not"},
    Advice{U"\u2026", "write two points .. for a range"},
    Advice{U"\u00BD\u2153\u00BC\u00BE", "write a fraction with /, as in 1/2"},
    Advice{U"\u00B0", "angles are in radians: write x*pi/180"},
    Advice{U"\u2208", "write in, as in: for x in 0..1"},
    Advice{U"\u2190\u2254", "write = to define"},
    Advice{U"\u2126", "write the Greek letter itself"},
    Advice{U"\"'`\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB\u2039\u203A",
           "there are no quoted texts; write the name itself"},
    Advice{U"{}", "write round brackets ( )"},
    Advice{U"\uFF08\uFF09", "write the plain brackets ( )"},
    Advice{U"\uFF0C\u3001", "write the plain comma ,"},
    Advice{U"\uFF1D", "write the plain sign ="},
    Advice{U"&", "write and, or &&"},
    Advice{U"|", "write abs(...) for an absolute value, and or for a disjunction"},
    Advice{U"$", "mathematics is written as in Python, without LaTeX signs"},
    Advice{U"\\", "mathematics is written as in Python, without LaTeX signs"},
    Advice{U"@", "write f(x) = ... to define a function"},
    Advice{U";", "a ; ends a statement and cannot stand inside brackets"},
    Advice{U".", "a point belongs to a number, as in 0.5; a range has two, as in 0..1"},
    Advice{U"\u200B\u200C\u200D\u200E\u200F\u2060\u00AD", "an invisible character: delete it"},
};

bool is_visible(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD;
  const bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                         (c >= 0x2060 && c <= 0x206F) || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000;
  return !control && !invisible && !is_mark(c);
}

}  // namespace

std::string clipped(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest; ++count)
    at += code_point_at(text, at).length;
  return at < text.size() ? std::string(text.substr(0, at)) + "..." : std::string(text);
}

std::string quoted(std::string_view text) { return '\'' + clipped(text) + '\''; }

std::string named(char32_t character, std::string_view bytes) {
  if (character > 0x20 && character < 0x7F) return quoted(bytes);
  const std::string code = fmt::format("U+{:04X}", static_cast<unsigned>(character));
  return is_visible(character) ? quoted(bytes) + " (" + code + ')' : code;
}

std::vector<std::string> advice(char32_t character) {
  for (const Advice& row : advice_rows) {
    if (row.characters.contains(character)) return {std::string(row.note)};
  }
  return {};
}

}  // namespace jitegral::syntax
