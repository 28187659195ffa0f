// A kernel that calls functions of the host program, for one run. Private to api.
#pragma once

#include "base/failure.h"
#include "kernel/kernel.h"

namespace jitegral {

// `kernel`, with the exceptions of the host's functions going to `failure`, which must outlive the result:
// whichever thread evaluates it.
Kernel fallible_kernel(const Kernel& kernel, Failure& failure);

}  // namespace jitegral
