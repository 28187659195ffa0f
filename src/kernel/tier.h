// Who evaluates a formula. All tiers give the same bits.
#pragma once

#include <cstdint>

namespace jitegral {

enum class Tier : std::uint8_t {
  automatic,    // the interpreter, until machine code is there: compiled in the background if it pays
  interpreter,  // never compiles
  native,       // compiles first
};

}  // namespace jitegral
