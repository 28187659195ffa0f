#include "jit/tiered.h"

#include <chrono>

namespace jitegral::jit {

namespace {

// About what a compilation takes, and so the work that is worth one.
constexpr double worth_nanoseconds = 4e6;
// Reading the clock twice costs as much as interpreting some ten points.
constexpr std::uint64_t worth_timing = 512;

template <class F>
double nanoseconds_of(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

void Tiered::eval(const Points& points, double* y, double* noise) const noexcept {
  if (const Kernel::Code* native = slot_->get()) return native->eval(points, y, noise);
  if (points.count >= worth_timing)
    return account(nanoseconds_of([&] { interpreted_->eval(points, y, noise); }));
  interpreted_->eval(points, y, noise);
  account(interpreted_->nanoseconds(points.count));
}

double Tiered::grid_sum(const Grid& grid, std::span<const double> params) const noexcept {
  if (const Kernel::Code* native = slot_->get()) return native->grid_sum(grid, params);
  double sum = 0;
  account(nanoseconds_of([&] { sum = interpreted_->grid_sum(grid, params); }));
  return sum;
}

void Tiered::expect(std::uint64_t points) const noexcept {
  if (interpreted_->nanoseconds(points) > worth_nanoseconds) ask();
}

void Tiered::account(double nanoseconds) const noexcept {
  const auto more = static_cast<std::int64_t>(nanoseconds);
  const auto spent = spent_nanoseconds_.fetch_add(more, std::memory_order_relaxed) + more;
  if (static_cast<double>(spent) > worth_nanoseconds) ask();
}

void Tiered::ask() const noexcept {
  if (!asked_.load(std::memory_order_relaxed) && !asked_.exchange(true)) compile_();
}

}  // namespace jitegral::jit
