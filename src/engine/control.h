// How a run may be stopped and watched, and on how many threads it runs.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>

#include "base/failure.h"

namespace jitegral::engine {

struct Progress {
  double fraction = 0;            // of the work, 0 to 1; nan if nobody knows
  std::uint64_t evaluations = 0;  // so far
};

// Shared by everything that belongs to one request, nested integrals included. Looked at often enough that a
// run stops within 100 ms.
struct Control {
  const std::atomic<bool>* cancelled = nullptr;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  // Called at most about ten times a second, from any thread but never from two at once by one run. May be
  // empty; give it to the outermost run only.
  std::function<void(const Progress&)> progress;
  // Where the caller's own code, called from kernels, leaves its exceptions: one ends the run, too. May be
  // null.
  Failure* failure = nullptr;

  [[nodiscard]] bool is_cancelled() const {
    return (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) ||
           (failure != nullptr && failure->happened());
  }
  [[nodiscard]] bool is_late() const {
    return deadline != std::chrono::steady_clock::time_point::max() &&
           std::chrono::steady_clock::now() >= deadline;
  }
};

enum class Backend : std::uint8_t { tbb, serial };

struct Jobs {
  int n_jobs = 0;  // threads; 0 means all cores. More than there are cores is allowed
  Backend backend = Backend::tbb;
  [[nodiscard]] int threads() const;  // the number a large run really uses: 1 to 256
};

}  // namespace jitegral::engine
