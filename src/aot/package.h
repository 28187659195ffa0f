// Objects inside other files. Private to aot.
#pragma once

#include <string>

#include "aot/object.h"
#include "base/diagnostic.h"

namespace jitegral::aot {

// The bytes of an object (or of whatever else stands alone) as the kind of file that is wanted. Errors: E506.
Expected<std::string> package(std::string bytes, const Order& order);

}  // namespace jitegral::aot
