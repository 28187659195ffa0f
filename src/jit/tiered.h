// A kernel that answers at once and gets faster: interpreted until machine code is there. Private to jit.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "interpreter/interpreted.h"
#include "kernel/kernel.h"

namespace jitegral::jit {

// Where machine code for one kernel is put by whoever compiles it.
class Slot {
 public:
  void put(Kernel native) {
    owner_ = std::move(native);
    code_.store(owner_.code().get(), std::memory_order_release);
  }
  [[nodiscard]] const Kernel::Code* get() const { return code_.load(std::memory_order_acquire); }

 private:
  Kernel owner_;  // written once, before code_
  std::atomic<const Kernel::Code*> code_ = nullptr;
};

// Both tiers give the same bits, so calls may change from one to the other at any time. Machine code is asked
// for once, as soon as the work that is known to come, or that has been done already, would have paid for it:
// who does not know what comes loses at most twice what the wiser would (ski rental).
class Tiered final : public Kernel::Code {
 public:
  // `compile` is called once at most, from any thread, and returns at once.
  Tiered(std::shared_ptr<const interpreter::Interpreted> interpreted, std::shared_ptr<const Slot> slot,
         std::function<void()> compile)
      : interpreted_(std::move(interpreted)), slot_(std::move(slot)), compile_(std::move(compile)) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override;
  [[nodiscard]] double grid_sum(const Grid& grid, std::span<const double> params) const noexcept override;
  void expect(std::uint64_t points) const noexcept override;
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return interpreted_->chunk(); }
  [[nodiscard]] std::string_view tier() const noexcept override {
    return slot_->get() != nullptr ? "native" : "interpreter";
  }

 private:
  void account(double nanoseconds) const noexcept;
  void ask() const noexcept;

  std::shared_ptr<const interpreter::Interpreted> interpreted_;
  std::shared_ptr<const Slot> slot_;
  std::function<void()> compile_;
  mutable std::atomic<std::int64_t> spent_nanoseconds_ = 0;
  mutable std::atomic<bool> asked_ = false;
};

}  // namespace jitegral::jit
