// Airy functions for the uniform expansions of the Bessel functions.
#pragma once

namespace jitegral::special {

// The wider type costs little and pays for the cancellation in recurrences, phases and exponents.
using Real = long double;

struct Airy {
  Real ai, dai, bi, dbi;  // Ai, Ai', Bi, Bi'
};

// xi = 2/3 |x|^(3/2), which those who call this know better than they know x.
Airy airy(Real x, Real xi);

}  // namespace jitegral::special
