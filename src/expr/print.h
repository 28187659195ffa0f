// A formula as text that reads back as the same formula (but a text beyond 8000 bytes is cut and ends in …).
#pragma once

#include <string>

#include "expr/expr.h"

namespace jitegral {

// The shortest decimal that reads back as `value`; "inf", "-inf" and "nan" where it is not finite.
std::string to_text(double value);

std::string to_text(const Expr& expr);

}  // namespace jitegral
