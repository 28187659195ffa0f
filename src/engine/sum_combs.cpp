#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_reduce.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "base/compensated.h"
#include "engine/engine.h"
#include "engine/monitor.h"
#include "engine/threads.h"

namespace jitegral::engine {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::uint64_t ceil_div(std::uint64_t n, std::uint64_t d) { return n / d + (n % d != 0 ? 1 : 0); }

// A leaf of the reduction tree is a run of chunks: 32 of them on a large grid, so that a leaf costs a hundred
// times what TBB needs to hand it out; fewer on a small one, so that there are some 64 to share.
std::uint64_t leaf_points(std::uint64_t count, std::uint64_t chunk) {
  return chunk * std::clamp<std::uint64_t>(ceil_div(count, chunk) / 64, 1, 32);
}

// The points of all combs, cut into leaves numbered from 0. No leaf has points of two combs.
class Grids {
 public:
  struct Part {
    rules::Comb comb;
    std::uint64_t first_leaf;
    std::uint64_t leaf_points;
  };

  Grids(std::span<const rules::Comb> combs, std::uint64_t chunk) : chunk_(std::max<std::uint64_t>(chunk, 1)) {
    for (const rules::Comb& comb : combs) {
      const std::uint64_t points = leaf_points(comb.count, chunk_);
      parts_.push_back({.comb = comb, .first_leaf = leaves_, .leaf_points = points});
      leaves_ += ceil_div(comb.count, points);
      points_ += comb.count;
    }
  }
  [[nodiscard]] std::uint64_t leaves() const { return leaves_; }
  [[nodiscard]] std::uint64_t points() const { return points_; }
  [[nodiscard]] std::uint64_t chunk() const { return chunk_; }
  // The comb that a leaf belongs to.
  [[nodiscard]] const Part& part(std::uint64_t leaf) const {
    return *std::prev(std::ranges::upper_bound(parts_, leaf, {}, &Part::first_leaf));
  }

 private:
  std::vector<Part> parts_;
  std::uint64_t chunk_;
  std::uint64_t leaves_ = 0;
  std::uint64_t points_ = 0;
};

class Reduction {
 public:
  Reduction(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
            const Control& control)
      : kernel_(kernel), params_(params), grids_(combs, kernel.chunk()), monitor_(control) {}

  Result run(int threads) {
    const CompensatedSum sum = grids_.leaves() == 0 ? CompensatedSum{} : total(threads);
    const double value = status_.load() == Status::fixed ? sum.value() : nan;
    return {.estimate = {.value = value,
                         .error = nan,
                         .magnitude = nan,
                         .evaluations = done_.load(),
                         .finite = std::isfinite(value)},
            .status = status(value)};
  }

 private:
  using Range = tbb::blocked_range<std::uint64_t>;

  [[nodiscard]] Status status(double value) const {
    const Status status = status_.load();
    return status == Status::fixed && !std::isfinite(value) ? Status::non_finite : status;
  }

  // Who does the work never changes the result, so that may depend on the clock: the first leaf is timed, and
  // threads are woken (some 10 µs) only for work worth more than that.
  CompensatedSum total(int threads) {
    constexpr std::uint64_t surely_worth = 1U << 18U;
    if (threads > 1 && grids_.points() >= surely_worth) return on_threads(threads);
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    first_ = leaf(0);
    const auto time = std::chrono::duration<double, std::micro>(Clock::now() - start);
    constexpr double worth = 50;
    if (threads == 1 || time.count() * static_cast<double>(grids_.leaves() - 1) < worth) {
      return walk(0, grids_.leaves());
    }
    return on_threads(threads);
  }

  CompensatedSum on_threads(int threads) {
    CompensatedSum sum;
    with_threads(threads, [&] { sum = reduce(); });
    return sum;
  }

  CompensatedSum reduce() {
    return tbb::parallel_deterministic_reduce(
        Range(0, grids_.leaves()), CompensatedSum{},
        [this](const Range& range, const CompensatedSum&) { return leaf(range.begin()); }, joined,
        tbb::simple_partitioner{}, context_);
  }

  // The tree of parallel_deterministic_reduce on one thread: ranges are halved, rounding down, to single
  // leaves.
  CompensatedSum walk(std::uint64_t begin, std::uint64_t end) {
    if (end - begin == 1) return leaf(begin);
    if (stopped()) return {};
    const std::uint64_t middle = begin + (end - begin) / 2;
    const CompensatedSum lower = walk(begin, middle);
    return joined(lower, walk(middle, end));
  }

  static CompensatedSum joined(CompensatedSum lower, const CompensatedSum& upper) {
    lower.add(upper);
    return lower;
  }

  // The weighted sum over one leaf; the first leaf is computed once only.
  CompensatedSum leaf(std::uint64_t index) {
    if (index == 0 && first_) return *first_;
    const Grids::Part& part = grids_.part(index);
    const std::uint64_t begin = (index - part.first_leaf) * part.leaf_points;
    const std::uint64_t end = std::min(begin + part.leaf_points, part.comb.count);
    CompensatedSum sum;
    for (std::uint64_t first = begin; first < end && !stopped(); first += grids_.chunk()) {
      const std::uint64_t count = std::min(grids_.chunk(), end - first);
      sum.add(kernel_.grid_sum({part.comb.start, part.comb.step, first, count}, params_));
      account(count);
    }
    return sum.scaled(part.comb.weight);
  }

  void account(std::uint64_t count) {
    const std::uint64_t done = done_.fetch_add(count, std::memory_order_relaxed) + count;
    if (!monitor_.watched()) return;
    monitor_.report(
        {.fraction = static_cast<double>(done) / static_cast<double>(grids_.points()), .evaluations = done});
  }

  bool stopped() {
    if (status_.load(std::memory_order_relaxed) != Status::fixed) return true;
    const std::optional<Status> stop = monitor_.must_stop();
    if (!stop) return false;
    status_.store(*stop);
    context_.cancel_group_execution();  // the leaves not begun are dropped, however many
    return true;
  }

  const Kernel& kernel_;
  std::span<const double> params_;
  Grids grids_;
  Monitor monitor_;
  std::optional<CompensatedSum> first_;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<Status> status_ = Status::fixed;
  tbb::task_group_context context_{tbb::task_group_context::isolated};  // only our Control cancels us
};

}  // namespace

Result sum_combs(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
                 const Jobs& jobs, const Control& control) {
  return Reduction(kernel, params, combs, control).run(jobs.threads());
}

}  // namespace jitegral::engine
