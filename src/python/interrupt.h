// Ctrl-C while native code runs on Python's main thread.
#pragma once

#include <jitegral/jitegral.hpp>

#include <csignal>

namespace jitegral::python {

// Python's own handler only notes a signal, to be looked at by the main thread when it is back in Python.
// While a guard lives, SIGINT cancels the run as well, so that the main thread does come back. Does nothing
// on other threads: signals are the main thread's affair in Python.
class InterruptGuard {
 public:
  explicit InterruptGuard(const Cancellation& stop);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  // Throws py::error_already_set with what Python's handler raised, usually KeyboardInterrupt.
  void raise_if_interrupted() const;

 private:
  bool active_;
  const Cancellation& stop_;
  const Cancellation* outer_ = nullptr;
  struct sigaction before_{};
};

// To be called once from the main thread, and from that of a forked process.
void this_is_the_main_thread();

}  // namespace jitegral::python
