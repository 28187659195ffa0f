// Clenshaw–Curtis with 17, 33 and 65 points a panel, each with all nodes of the one before.
#pragma once

#include "rules/pair.h"

namespace jitegral::rules {

extern const Pair clenshaw_curtis[3];

}  // namespace jitegral::rules
