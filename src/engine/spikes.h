// Where a bound on |f'| leaves room for spikes between the nodes.
#pragma once

#include <cstddef>
#include <span>

#include "engine/engine.h"
#include "engine/panels.h"
#include "rules/double_exponential.h"

namespace jitegral::engine {

// The area that could hide where f may be much steeper than it was seen to be: over a range of length h,
// triangles of that slope, h^2/4. Zero where nothing is known.
double room_for_spikes(const Panel& panel, const Piece& piece);

// The same between points as far apart as those of the double exponential rule; ascending.
double room_between(std::span<const rules::DoubleExponential::Point> points, const Piece& piece);

// How many panels are worth halving for it in all.
std::size_t most_spikes_in(const Piece& piece);

}  // namespace jitegral::engine
