#include "engine/monitor.h"

namespace jitegral::engine {

std::optional<Status> Monitor::must_stop() const {
  if (control_.is_cancelled()) return Status::cancelled;
  if (control_.is_late()) return Status::budget;
  return std::nullopt;
}

void Monitor::report(const Progress& progress) {
  if (!watched() || reporting_.test_and_set(std::memory_order_acquire)) return;
  constexpr std::chrono::milliseconds pause{100};
  if (const auto now = Clock::now(); now - last_ >= pause) {
    control_.progress(progress);
    last_ = now;
  }
  reporting_.clear(std::memory_order_release);
}

}  // namespace jitegral::engine
