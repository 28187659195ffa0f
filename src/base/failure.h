// An exception that the host program's own code threw while a kernel was running. It cannot pass through
// kernels and worker threads; it waits here until the run has ended and its caller can throw it again.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>

namespace jitegral {

// One a run. Thread-safe.
class Failure {
 public:
  // Keeps the exception in flight, if it is the first.
  void record() noexcept;
  // True at once in all threads: whoever runs should stop.
  [[nodiscard]] bool happened() const noexcept { return happened_.load(std::memory_order_relaxed); }
  // Throws what was kept, if anything was. Once the run has ended only.
  void rethrow() const;

  // The failure that code called by this thread records to; nullptr outside of all scopes.
  static Failure* current() noexcept;

  // Makes a failure the current one of this thread. Scopes nest; a null pointer leaves things as they are.
  class Scope {
   public:
    explicit Scope(Failure* failure) noexcept;
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Failure* outer_;
  };

 private:
  std::atomic<bool> happened_ = false;
  std::mutex mutex_;
  std::exception_ptr first_;
};

}  // namespace jitegral
