#include "syntax/letters.h"

#include <algorithm>
#include <array>
#include <span>

namespace jitegral::syntax {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Beyond ASCII.
constexpr std::array letters = {
    Range{0x00AA, 0x00AA},   Range{0x00B5, 0x00B5}, Range{0x00BA, 0x00BA}, Range{0x00C0, 0x00D6},
    Range{0x00D8, 0x00F6},   Range{0x00F8, 0x02AF}, Range{0x0370, 0x0373}, Range{0x0376, 0x0377},
    Range{0x037B, 0x037D},   Range{0x037F, 0x037F}, Range{0x0386, 0x0386}, Range{0x0388, 0x03FF},
    Range{0x0400, 0x0481},   Range{0x048A, 0x052F}, Range{0x0531, 0x0556}, Range{0x0561, 0x0587},
    Range{0x05D0, 0x05EA},   Range{0x0620, 0x064A}, Range{0x0904, 0x0939}, Range{0x10A0, 0x10C5},
    Range{0x10D0, 0x10FA},   Range{0x1E00, 0x1FBC}, Range{0x2102, 0x2102}, Range{0x210A, 0x2113},
    Range{0x2115, 0x2115},   Range{0x2119, 0x211D}, Range{0x2124, 0x2124}, Range{0x2128, 0x2128},
    Range{0x212C, 0x212D},   Range{0x212F, 0x2139}, Range{0x221E, 0x221E}, Range{0x3041, 0x3096},
    Range{0x30A1, 0x30FA},   Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF}, Range{0xAC00, 0xD7A3},
    Range{0x1D400, 0x1D7CB},
};

constexpr std::array marks = {
    Range{0x0300, 0x036F},
    Range{0x2032, 0x2034},
    Range{0x2080, 0x2089},
};

constexpr std::array spaces = {
    Range{0x0085, 0x0085}, Range{0x00A0, 0x00A0}, Range{0x2000, 0x200A}, Range{0x2028, 0x2029},
    Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000}, Range{0xFEFF, 0xFEFF},
};

bool contains(std::span<const Range> ranges, char32_t c) {
  const auto next = std::ranges::upper_bound(ranges, c, {}, &Range::first);
  return next != ranges.begin() && c <= (next - 1)->last;
}

}  // namespace

// ASCII is by far the most frequent and needs no table.
bool is_letter(char32_t c) {
  const char32_t lower = c | 0x20U;
  return c < 0x80 ? c == U'_' || (lower >= U'a' && lower <= U'z') : contains(letters, c);
}

bool is_mark(char32_t c) { return c < 0x80 ? c >= U'0' && c <= U'9' : contains(marks, c); }

bool is_space(char32_t c) { return c < 0x80 ? c == U' ' || (c >= U'\t' && c <= U'\r') : contains(spaces, c); }

}  // namespace jitegral::syntax
