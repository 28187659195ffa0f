// Work that nobody waits for, on one thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace jitegral::jit {

// Thread-safe. The thread starts with the first job.
class Background {
 public:
  Background() = default;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background() { close(); }

  // Jobs run one after the other, in order. Ignored after close().
  void post(std::function<void()> job);
  // Waits for the job that runs, drops those that have not begun. Not from inside a job.
  void close();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::thread thread_;
  bool closed_ = false;
};

}  // namespace jitegral::jit
