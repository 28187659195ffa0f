// The table of rules a person can name in `rule = …`, and what each one is in numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace jitegral::rules {

// A weighted comb of points: weight * sum over i < count of f(fma(i, step, start)). Every fixed rule is a few
// combs, so one fused grid sum serves them all.
struct Comb {
  double start = 0;
  double step = 0;
  std::uint64_t count = 0;
  double weight = 0;
};

enum class Kind : std::uint8_t { fixed, adaptive };

struct Rule {
  std::string_view name;
  std::string_view doc;  // one sentence: method, order, meaning of n_iter
  Kind kind = Kind::fixed;
  std::uint64_t min_points = 1;
  // Fixed rules: the combs for n points (or subintervals, as `doc` says) over [a, b], a and b finite.
  std::vector<Comb> (*combs)(double a, double b, std::uint64_t n) = nullptr;
};

// All rules, in the order of the documentation. `left` is first.
std::span<const Rule> table();
// nullptr if there is no such rule.
const Rule* find(std::string_view name);

}  // namespace jitegral::rules
