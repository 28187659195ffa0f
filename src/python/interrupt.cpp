#include "python/interrupt.h"

#include <pybind11/pybind11.h>

#include <atomic>
#include <thread>

namespace jitegral::python {
namespace {

std::atomic<std::thread::id> main_thread;
std::atomic<const Cancellation*> running = nullptr;
std::atomic<void (*)(int)> pythons_handler = nullptr;

void on_interrupt(int signal) {
  if (const Cancellation* stop = running) stop->cancel();
  if (auto* const next = pythons_handler.load()) next(signal);
}

}  // namespace

void this_is_the_main_thread() { main_thread = std::this_thread::get_id(); }

InterruptGuard::InterruptGuard(const Cancellation& stop)
    : active_(std::this_thread::get_id() == main_thread.load()), stop_(stop) {
  if (!active_) return;
  outer_ = running.exchange(&stop_);
  if (outer_ != nullptr) return;  // a callback integrates: the handler is in place
  struct sigaction ours{};
  sigaction(SIGINT, nullptr, &before_);
  const bool callable = before_.sa_handler != SIG_DFL && before_.sa_handler != SIG_IGN;
  if (!callable || (before_.sa_flags & SA_SIGINFO) != 0) return;
  pythons_handler = before_.sa_handler;
  ours.sa_handler = on_interrupt;
  sigaction(SIGINT, &ours, nullptr);
}

InterruptGuard::~InterruptGuard() {
  if (!active_) return;
  running = outer_;
  if (outer_ != nullptr) return;
  if (pythons_handler.exchange(nullptr) != nullptr) sigaction(SIGINT, &before_, nullptr);
}

void InterruptGuard::raise_if_interrupted() const {
  if (active_ && stop_.is_cancelled() && PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
}

}  // namespace jitegral::python
