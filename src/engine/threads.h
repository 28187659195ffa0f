// Threads, for this room only.
#pragma once

#include <functional>

namespace jitegral::engine {

// Runs body where TBB calls use up to `threads` threads (1 to 256), the caller's included. Nested calls are
// fine: a thread that waits inside body never picks up work from outside of it.
void with_threads(int threads, const std::function<void()>& body);

}  // namespace jitegral::engine
