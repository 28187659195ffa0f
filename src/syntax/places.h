// From ANTLR's code point numbers to byte offsets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace jitegral::syntax {

// ANTLR counts the code points of the text it was given; a Span counts bytes of the whole Source.
class Places {
 public:
  // `text` stands at byte `begin` of its source and is valid UTF-8.
  Places(std::string_view text, std::uint32_t begin);
  [[nodiscard]] std::uint32_t byte(std::size_t code_point) const;

 private:
  std::uint32_t begin_;
  std::vector<std::uint32_t> starts_;  // of each code point and of the end; empty where all is ASCII
};

}  // namespace jitegral::syntax
