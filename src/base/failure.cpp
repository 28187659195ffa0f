#include "base/failure.h"

namespace jitegral {
namespace {

thread_local Failure* of_this_thread = nullptr;

}  // namespace

void Failure::record() noexcept {
  const std::scoped_lock lock(mutex_);
  if (!first_) first_ = std::current_exception();
  happened_.store(true, std::memory_order_relaxed);
}

void Failure::rethrow() const {
  if (first_) std::rethrow_exception(first_);
}

Failure* Failure::current() noexcept { return of_this_thread; }

Failure::Scope::Scope(Failure* failure) noexcept : outer_(of_this_thread) {
  if (failure != nullptr) of_this_thread = failure;
}

Failure::Scope::~Scope() { of_this_thread = outer_; }

}  // namespace jitegral
