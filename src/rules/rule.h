// The table of rules a person can name in `rule = …`, and what each one is in numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/pair.h"

namespace jitegral::rules {

// A weighted comb of points: weight * sum over i < count of f(fma(i, step, start)). Every fixed rule is a few
// combs, so one fused grid sum serves them all.
struct Comb {
  double start = 0;
  double step = 0;
  std::uint64_t count = 0;
  double weight = 0;
};

// How an adaptive rule looks at one panel: by a pair of rules, or by pairs each of which has all nodes of the
// one before, for as long as that pays; or without pairs, in levels of the double exponential rule.
struct PanelRule {
  std::span<const Pair> pairs;
  [[nodiscard]] bool is_double_exponential() const { return pairs.empty(); }
};

struct Rule {
  std::string_view name;
  std::string_view doc;  // one sentence: method, order, meaning of n_iter
  std::uint64_t min_points = 1;
  // Fixed rules: the combs for n points (or subintervals, as `doc` says) over [a, b], a and b finite.
  std::vector<Comb> (*combs)(double a, double b, std::uint64_t n) = nullptr;
  // Adaptive rules. A rule may be both: with n_iter it is fixed.
  const PanelRule* panel = nullptr;
  int infinite_ends = -1;  // that a range must have; -1: any
};

// All rules, in the order of the documentation. `left` is first.
std::span<const Rule> table();
// nullptr if there is no such rule.
const Rule* find(std::string_view name);
// What adaptive integrals are made of where nothing else is asked for: Gauss–Kronrod with 21 points.
const PanelRule& usual_panel_rule();

}  // namespace jitegral::rules
