// asin on [0, 1/2], the core of asin and acos; beyond 1/2 they use asin(x) = pi/2 - 2 asin(sqrt((1 - x)/2)).
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// asin(t) - t, given z = t^2. Coefficients: sollya/asin.sollya.
static inline v8 asin_rest(v8 t, v8 z) {
  constexpr Polynomial p{0x1.5555555555577p-3, 0x1.333333332e133p-4, 0x1.6db6db721247bp-5,
                         0x1.f1c71a95002fbp-6, 0x1.6e8bdedebf9dfp-6, 0x1.1c49f077d5bccp-6,
                         0x1.ca1f8af1f08dp-7,  0x1.75859dad072b4p-7, 0x1.613c1e6ecc8cfp-7,
                         0x1.e5fbe88ec2ffep-9, 0x1.639a894ddfd76p-6, -0x1.57fad0de4e4f1p-6,
                         0x1.0b45e9f71498ep-5};
  return p(z) * z * t;
}

}  // namespace jitegral::vecmath
