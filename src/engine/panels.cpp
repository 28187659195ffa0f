#include "engine/panels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace jitegral::engine {

namespace {

// Less urgent.
bool less(const Panel& p, const Panel& q) {
  return std::tuple(!p.settled, p.error, q.piece, -p.a) < std::tuple(!q.settled, q.error, p.piece, -q.a);
}

bool left_of(const Panel& p, const Panel& q) { return std::tuple(p.piece, p.a) < std::tuple(q.piece, q.a); }

}  // namespace

bool Panel::too_short() const {
  if (!std::isfinite(a) || !std::isfinite(b)) return false;
  using Limits = std::numeric_limits<double>;
  // 100 eps are QUADPACK's, for 21 nodes; the outermost ones lie closer together as the square of their
  // number.
  const double points = std::max(21.0, static_cast<double>(look.estimate.evaluations)) / 21;
  const double least = 100 * Limits::epsilon() * points * points * std::max(std::fabs(a), std::fabs(b));
  return length() <= least + 1000 * Limits::min();
}

double Panel::middle() const {
  if (std::isfinite(a) && std::isfinite(b)) return std::midpoint(a, b);
  if (std::isfinite(a)) return a + std::max(1.0, std::fabs(a));
  return std::isfinite(b) ? b - std::max(1.0, std::fabs(b)) : 0;
}

void Panels::push(const Panel& panel) {
  heap_.push_back(panel);
  std::ranges::push_heap(heap_, less);
  count(panel, 1);
  if (++changes_ > heap_.size() + 16) sum_again();
}

Panel Panels::pop() {
  std::ranges::pop_heap(heap_, less);
  const Panel panel = heap_.back();
  heap_.pop_back();
  count(panel, -1);
  return panel;
}

Estimate Panels::total() const {
  if (blind_ > 0) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return {.value = std::numeric_limits<double>::quiet_NaN(),
            .error = infinity,
            .magnitude = infinity,
            .finite = false};
  }
  return {.value = value_.value(), .error = std::max(error_.value(), 0.0), .magnitude = magnitude_.value()};
}

void Panels::sum_again() {
  std::vector<Panel> sorted = release();
  adopt(std::move(sorted));
}

std::vector<Panel> Panels::release() {
  std::ranges::sort(heap_, left_of);
  return std::exchange(heap_, {});
}

void Panels::adopt(std::vector<Panel> panels) {
  value_ = error_ = magnitude_ = settled_error_ = {};
  blind_ = changes_ = 0;
  for (const Panel& panel : panels) count(panel, 1);
  heap_ = std::move(panels);
  std::ranges::make_heap(heap_, less);
}

void Panels::count(const Panel& panel, double sign) {
  if (panel.blind > 0) {
    blind_ += sign > 0 ? 1 : -std::size_t{1};
    return;
  }
  value_.add(sign * panel.value());
  error_.add(sign * panel.error);
  magnitude_.add(sign * panel.magnitude());
  if (panel.settled) settled_error_.add(sign * panel.error);
}

}  // namespace jitegral::engine
