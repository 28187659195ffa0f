#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_reduce.h>
#include <oneapi/tbb/task_group.h>

#include <chrono>

#include "engine/engine.h"
#include "engine/leaves.h"
#include "engine/threads.h"

namespace jitegral::engine {

namespace {

// The reduction tree over the leaves, on several threads.
CompensatedSum reduce(Leaves& leaves) {
  using Range = tbb::blocked_range<std::uint64_t>;
  tbb::task_group_context context{tbb::task_group_context::isolated};  // only our Control cancels us
  const auto leaf = [&](const Range& range, const CompensatedSum&) {
    if (leaves.stopped()) context.cancel_group_execution();  // the leaves not begun are dropped, however many
    return leaves.leaf(range.begin());
  };
  return tbb::parallel_deterministic_reduce(Range(0, leaves.count()), CompensatedSum{}, leaf, Leaves::joined,
                                            tbb::simple_partitioner{}, context);
}

CompensatedSum on_threads(Leaves& leaves, int threads) {
  CompensatedSum sum;
  with_threads(threads, [&] { sum = reduce(leaves); });
  return sum;
}

// Who does the work never changes the result, so that may depend on the clock: the first leaf is timed, and
// threads are woken (some 10 µs) only for work worth more than that.
CompensatedSum total(Leaves& leaves, int threads) {
  constexpr std::uint64_t surely_worth = 1U << 18U;
  if (leaves.count() == 0 || threads == 1) return leaves.walk(0, leaves.count());
  if (leaves.points() >= surely_worth) return on_threads(leaves, threads);
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  leaves.keep_first();
  const auto time = std::chrono::duration<double, std::micro>(Clock::now() - start);
  constexpr double worth = 50;
  if (time.count() * static_cast<double>(leaves.count() - 1) < worth) return leaves.walk(0, leaves.count());
  return on_threads(leaves, threads);
}

}  // namespace

Result sum_combs(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
                 const Jobs& jobs, const Control& control) {
  Leaves leaves(kernel, params, combs, control);
  return leaves.result(total(leaves, jobs.threads()));
}

}  // namespace jitegral::engine
