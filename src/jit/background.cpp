#include "jit/background.h"

#include <pthread.h>

#include <csignal>

namespace jitegral::jit {

namespace {

// The new thread inherits the mask: signals are for the program around us, and for its main thread.
std::thread without_signals(std::function<void()> body) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(body));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

}  // namespace

void Background::post(std::function<void()> job) {
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    jobs_.push_back(std::move(job));
    if (!thread_.joinable()) thread_ = without_signals([this] { run(); });
  }
  wake_.notify_one();
}

void Background::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
    if (closed_) return;
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

void Background::close() {
  std::thread finished;
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    jobs_.clear();
    std::swap(finished, thread_);
  }
  wake_.notify_one();
  if (finished.joinable()) finished.join();
}

}  // namespace jitegral::jit
