#include "base/source.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace jitegral {
namespace {

struct Lead {
  std::uint32_t length;
  char32_t bits;
  char32_t least;  // a smaller value in so many bytes is an overlong spelling
};

// What the first byte of a sequence says; length 0 where no sequence starts so.
Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte < 0xC2 || byte > 0xF4) return {0, 0, 0};
  if (byte < 0xE0) return {2, byte & 0x1FU, 0x80};
  if (byte < 0xF0) return {3, byte & 0x0FU, 0x800};
  return {4, byte & 0x07U, 0x10000};
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  constexpr CodePoint invalid{U'\uFFFD', 1, false};
  const auto [length, bits, least] = lead_of(static_cast<unsigned char>(text[offset]));
  if (length == 0 || length > text.size() - offset) return invalid;
  char32_t value = bits;
  for (std::size_t i = 1; i < length; ++i) {
    const char c = text[offset + i];
    if (!is_continuation(c)) return invalid;
    value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least || value > 0x10FFFF || surrogate) return invalid;
  return {value, length, true};
}

std::string_view Source::slice(Span span) const {
  const std::size_t end = std::min<std::size_t>(span.end, text().size());
  const std::size_t begin = std::min<std::size_t>(span.begin, end);
  return text().substr(begin, end - begin);
}

Position Source::position(std::size_t offset) const {
  const std::string_view before = text().substr(0, std::min(offset, text().size()));
  const auto newlines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  Position place{data_->first_line + static_cast<std::size_t>(newlines), 1};
  for (std::size_t at = line_begin; at < before.size(); ++place.column) {
    const std::size_t next = at + code_point_at(text(), at).length;
    if (next > before.size()) break;  // the offset is inside this character
    at = next;
  }
  return place;
}

Span Source::line_around(std::size_t offset) const {
  const std::size_t at = std::min(offset, text().size());
  const std::size_t begin = at == 0 ? 0 : text().rfind('\n', at - 1) + 1;
  std::size_t end = std::min(text().find('\n', at), text().size());
  if (end > begin && text()[end - 1] == '\r') --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace jitegral
