#include "syntax/places.h"

#include <algorithm>

namespace jitegral::syntax {

Places::Places(std::string_view text, std::uint32_t begin) : begin_(begin) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).length) {
    starts_.push_back(static_cast<std::uint32_t>(at));
  }
  starts_.push_back(static_cast<std::uint32_t>(text.size()));
}

std::uint32_t Places::byte(std::size_t code_point) const {
  if (starts_.empty()) return begin_ + static_cast<std::uint32_t>(code_point);
  return begin_ + starts_[std::min(code_point, starts_.size() - 1)];
}

}  // namespace jitegral::syntax
