// One run's view of its Control: whether to go on, and when to report.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

#include "engine/control.h"
#include "engine/engine.h"

namespace jitegral::engine {

// Thread-safe.
class Monitor {
 public:
  explicit Monitor(const Control& control)
      : control_(control), last_(watched() ? Clock::now() : Clock::time_point{}) {}

  // cancelled or budget once the run must stop, nothing while it may go on. Cheap enough for every few µs.
  [[nodiscard]] std::optional<Status> must_stop() const;
  // Whether somebody listens to report().
  [[nodiscard]] bool watched() const { return static_cast<bool>(control_.progress); }
  // Passes the state on if the last report is long enough ago and no other thread is reporting now.
  void report(const Progress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  const Control& control_;
  std::atomic_flag reporting_ = ATOMIC_FLAG_INIT;
  Clock::time_point last_;  // guarded by reporting_
};

}  // namespace jitegral::engine
