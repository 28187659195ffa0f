// A fixed grid as the leaves of the reduction tree, and the tree on one thread. Knows no TBB: precompiled
// objects carry this file with them, so that a sum has the same bits there.
#pragma once

#include <atomic>
#include <optional>
#include <span>
#include <vector>

#include "base/compensated.h"
#include "engine/engine.h"
#include "engine/monitor.h"

namespace jitegral::engine {

// The points of all combs, cut into leaves numbered from 0. No leaf has points of two combs. Thread-safe but
// for keep_first().
class Leaves {
 public:
  Leaves(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
         const Control& control);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t points() const { return points_; }
  // The weighted sum over one leaf. Part of it, once the run is stopped.
  CompensatedSum leaf(std::uint64_t index);
  // Computes leaf 0, which is not computed again.
  void keep_first() { first_ = leaf(0); }
  // The sum over some leaves, in the order of TBB's parallel_deterministic_reduce: ranges are halved,
  // rounding down, to single leaves.
  CompensatedSum walk(std::uint64_t begin, std::uint64_t end);
  static CompensatedSum joined(CompensatedSum lower, const CompensatedSum& upper) {
    lower.add(upper);
    return lower;
  }
  // True once the run is cancelled or late.
  bool stopped();
  // What the sum over all leaves is worth.
  [[nodiscard]] Result result(const CompensatedSum& sum) const;

 private:
  struct Part {
    rules::Comb comb;
    std::uint64_t first_leaf;
    std::uint64_t leaf_points;
  };

  [[nodiscard]] const Part& part(std::uint64_t leaf) const;
  void account(std::uint64_t count);

  const Kernel& kernel_;
  std::span<const double> params_;
  Monitor monitor_;
  std::vector<Part> parts_;
  std::uint64_t chunk_;
  std::uint64_t count_ = 0;
  std::uint64_t points_ = 0;
  std::optional<CompensatedSum> first_;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<Status> status_ = Status::fixed;
};

// sum_combs() on the caller's thread.
Result sum_combs_in_turn(const Kernel& kernel, std::span<const double> params,
                         std::span<const rules::Comb> combs, const Control& control);

}  // namespace jitegral::engine
