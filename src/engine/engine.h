// Many panels and many threads: the only room that knows TBB. Every function here is a pure function of its
// arguments: the same bits for any number of threads. All may be called from inside a kernel (nested
// integrals): no lock is held and no thread-wide storage is used while a kernel runs. Tested by tests/engine
// with plain lambdas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "engine/control.h"
#include "kernel/kernel.h"
#include "rules/estimate.h"
#include "rules/period.h"
#include "rules/rule.h"

namespace jitegral::engine {

enum class Status : std::uint8_t {
  fixed,          // a fixed grid: no accuracy was promised
  converged,      // a promise: |value - true value| <= error <= the tolerance
  not_converged,  // the error given is larger than the tolerance
  non_finite,     // the formula, or a sum of its values, was nan or infinite
  budget,         // max_evals or the time limit came first
  cancelled,
};

struct Result {
  Estimate estimate{};
  Status status = Status::fixed;
};

// The weighted sum of f over combs (a fixed rule). One variable. The grid is cut into chunks of
// kernel.chunk() points whose sums are added in index order, compensated (Neumaier 1974), by a reduction tree
// that depends on the grid only. Nothing is known of the error or of the magnitude: both are nan. The value
// is nan too if the run was cancelled or late (part of a grid is no estimate of anything), and as it came out
// if it is not finite.
Result sum_combs(const Kernel& kernel, std::span<const double> params, std::span<const rules::Comb> combs,
                 const Jobs& jobs, const Control& control);

struct Tolerance {
  double relative = 1e-10;
  double absolute = 0;
  // The error that may remain for a value.
  [[nodiscard]] double allowed(double value) const;
};

// A part of an integral, in a variable of its own.
struct Piece {
  const Kernel* kernel = nullptr;
  std::span<const double> params{};
  // Ascending, at least two: the panels to begin with. Infinite ones only for a double exponential rule.
  std::span<const double> ends{};
  double weight = 1;  // the piece's integral counts so many times
  const rules::PanelRule* rule = &rules::usual_panel_rule();
  bool verify = false;  // f may have kinks or jumps that nobody knows of
  // A bound on the rounding error of f, with the same params, if somebody knows one. Looked at once, before
  // convergence is believed: its integral goes into the error. Not finite counts as zero. May be null.
  const Kernel* rounding = nullptr;
  // A bound on |f'| over [a, b], infinite where nothing is known; if somebody has one. May be empty.
  std::function<double(double a, double b)> steepest{};
  // A bound on what any rule with positive weights of degree 19 or more is wrong by over [a, b], infinite
  // where nothing is known; if somebody has one. Asked where `steepest` leaves a doubt. May be empty.
  std::function<double(double a, double b)> proven{};
  // What is known, if the two ends are those of one period: where few points are proven to be enough, the
  // trapezoidal rule takes it as a whole. Otherwise it is a panel as others.
  rules::Period period{};
};

// Globally adaptive (QUADPACK's QAG: Piessens et al. 1983) on the sum of all pieces, each by its rule: the
// panel with the largest error is looked at with more points, where its rule has them and they promise
// something, or halved, wherever it is, until the tolerance is met by the sum. Where a piece says verify,
// convergence is believed only after a second look at every panel, divided elsewhere, agrees; elsewhere only
// panels much longer than the shortest one get it. Where a piece bounds |f'|, panels over which f might be
// much steeper than it was seen to be are halved, too: a spike hides between the nodes, but not from the
// bound. Without convergence the value and error are the best known; if the status is non_finite, nan and
// infinity; the same if the budget did not suffice for the first look.
struct Adaptive {
  Tolerance tolerance{};
  std::uint64_t max_evaluations = 10'000'000;
  // Of the one piece, where there is only one: as in Piece.
  bool verify = false;
  const Kernel* rounding = nullptr;
  const rules::PanelRule* rule = &rules::usual_panel_rule();
  double error = 0;  // of what the pieces leave out: part of the error of the whole
};
Result integrate_adaptive(std::span<const Piece> pieces, const Adaptive& order, const Control& control);
// The same for one piece.
Result integrate_adaptive(const Kernel& kernel, std::span<const double> params, std::span<const double> ends,
                          const Adaptive& order, const Control& control);

// Calls body(i) for all i < n on several threads, in no particular order. Returns when all are done.
void for_each_index(std::size_t n, const Jobs& jobs, const std::function<void(std::size_t)>& body);

}  // namespace jitegral::engine
