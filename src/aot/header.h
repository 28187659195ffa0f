// The C header of a precompiled object. Private to aot.
#pragma once

#include <span>
#include <string>

#include "aot/object.h"

namespace jitegral::aot {

// The constant that object and header share: its name has the version of the interface and a hash of the
// functions, so that a header does not link with another object than its own.
std::string guard_name(std::span<const NamedFormula> formulas);

std::string header_text(std::span<const NamedFormula> formulas, const Order& order);

}  // namespace jitegral::aot
