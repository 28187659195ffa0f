// One list after the other.
#pragma once

#include <ranges>
#include <vector>

namespace jitegral {

template <std::ranges::input_range First, std::ranges::input_range Second>
std::vector<std::ranges::range_value_t<First>> joined(const First& first, const Second& second) {
  std::vector<std::ranges::range_value_t<First>> all(first.begin(), first.end());
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

}  // namespace jitegral
