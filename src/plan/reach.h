// Where a range reaches infinity, and where the first panels lie then. Plain numbers: precompiled objects,
// whose limits are known only when they run, carry this file with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jitegral::plan {

// Limits are in order: lower < upper.
enum class Reach : std::uint8_t { finite, right, left, both };

Reach reach_of(double lower, double upper);

// The ends of the first panels of an adaptive rule, in the mapped variable (transform.h): those of the range,
// and the breakpoints inside it.
std::vector<double> first_panels(Reach reach, double lower, double upper, std::span<const double> points);

}  // namespace jitegral::plan
