// The functions in extended precision, for the few integrals whose digits double precision cannot hold.
#pragma once

#include "functions/function.h"

namespace jitegral::functions {

// A row of the table at one point, in `long double`: 64 bits of mantissa or more where the machine has them.
// Errors: 2 units in the last place of that (the C library's), nothing for operations. Null for rows that
// have no such form. Thread-safe.
using Extended = long double (*)(const long double* args);
Extended extended(const Function& function);

}  // namespace jitegral::functions
