#include "engine/leaves.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jitegral::engine {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::uint64_t ceil_div(std::uint64_t n, std::uint64_t d) { return n / d + (n % d != 0 ? 1 : 0); }

// A leaf of the reduction tree is a run of chunks: 32 of them on a large grid, so that a leaf costs a hundred
// times what TBB needs to hand it out; fewer on a small one, so that there are some 64 to share.
std::uint64_t leaf_points(std::uint64_t count, std::uint64_t chunk) {
  return chunk * std::clamp<std::uint64_t>(ceil_div(count, chunk) / 64, 1, 32);
}

}  // namespace

Leaves::Leaves(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
               const Control& control)
    : kernel_(kernel),
      params_(params),
      monitor_(control),
      chunk_(std::max<std::uint64_t>(kernel.chunk(), 1)) {
  for (const rules::Comb& comb : combs) {
    const std::uint64_t points = leaf_points(comb.count, chunk_);
    parts_.push_back({.comb = comb, .first_leaf = count_, .leaf_points = points});
    count_ += ceil_div(comb.count, points);
    points_ += comb.count;
  }
}

const Leaves::Part& Leaves::part(std::uint64_t leaf) const {
  return *std::prev(std::ranges::upper_bound(parts_, leaf, {}, &Part::first_leaf));
}

CompensatedSum Leaves::leaf(std::uint64_t index) {
  if (index == 0 && first_) return *first_;
  const Part& part = this->part(index);
  const std::uint64_t begin = (index - part.first_leaf) * part.leaf_points;
  const std::uint64_t end = std::min(begin + part.leaf_points, part.comb.count);
  CompensatedSum sum;
  for (std::uint64_t first = begin; first < end && !stopped(); first += chunk_) {
    const std::uint64_t count = std::min(chunk_, end - first);
    sum.add(kernel_.grid_sum({part.comb.start, part.comb.step, first, count}, params_));
    account(count);
  }
  return sum.scaled(part.comb.weight);
}

CompensatedSum Leaves::walk(std::uint64_t begin, std::uint64_t end) {
  if (begin == end || stopped()) return {};
  if (end - begin == 1) return leaf(begin);
  const std::uint64_t middle = begin + (end - begin) / 2;
  const CompensatedSum lower = walk(begin, middle);
  return joined(lower, walk(middle, end));
}

bool Leaves::stopped() {
  if (status_.load(std::memory_order_relaxed) != Status::fixed) return true;
  const std::optional<Status> stop = monitor_.must_stop();
  if (stop) status_.store(*stop);
  return stop.has_value();
}

void Leaves::account(std::uint64_t count) {
  const std::uint64_t done = done_.fetch_add(count, std::memory_order_relaxed) + count;
  if (!monitor_.watched()) return;
  monitor_.report(
      {.fraction = static_cast<double>(done) / static_cast<double>(points_), .evaluations = done});
}

Result Leaves::result(const CompensatedSum& sum) const {
  const Status status = status_.load();
  const double value = status == Status::fixed ? sum.value() : nan;
  return {.estimate = {.value = value,
                       .error = nan,
                       .magnitude = nan,
                       .evaluations = done_.load(),
                       .finite = std::isfinite(value)},
          .status = status == Status::fixed && !std::isfinite(value) ? Status::non_finite : status};
}

Result sum_combs_in_turn(const Kernel& kernel, std::span<const double> params,
                         std::span<const rules::Comb> combs, const Control& control) {
  Leaves leaves(kernel, params, combs, control);
  return leaves.result(leaves.walk(0, leaves.count()));
}

}  // namespace jitegral::engine
