// Functions of one argument that take little more together than one of them alone.
#pragma once

#include <array>
#include <span>

#include "functions/function.h"

namespace jitegral::functions {

// Two rows, and what to call instead of each where both are called with the same argument: rows that nobody
// can type, within the same error but not with the same bits. Code that inlines both computes what they share
// once.
struct Pair {
  std::array<const Function*, 2> alone;
  std::array<Function, 2> together;
};

// Thread-safe.
std::span<const Pair> pairs();

}  // namespace jitegral::functions
