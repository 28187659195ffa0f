// Gauss–Kronrod with n and 2n + 1 points a panel.
#pragma once

#include "rules/pair.h"

namespace jitegral::rules {

// Those of 15, 21, 31, 41, 51 and 61 points.
extern const Pair gauss_kronrod[6];
// What everything uses that asks for no other.
inline const Pair& gauss_kronrod_21 = gauss_kronrod[1];

}  // namespace jitegral::rules
