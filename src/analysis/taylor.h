// Bounds on high derivatives: how well a polynomial can follow a formula.
#pragma once

#include <cstdint>
#include <vector>

#include "base/interval.h"
#include "expr/expr.h"

namespace jitegral::analysis {

// Taylor coefficients over whole intervals (interval arithmetic on power series: R. E. Moore, Interval
// Analysis, 1966, chapter 11). The series of f(u) follows from f' and the series of u, and the table has f',
// so every function with a derivative has one, between the places where its row says that it is not analytic.
class TaylorBound {
 public:
  static constexpr int order = 20;

  TaylorBound() = default;
  // `formula` has no symbol but `variable`, and no integrals.
  TaylorBound(const Expr& formula, const Symbol& variable);

  // A bound on |f''''…| / order!, the derivative of that order, over `range`; infinite where nothing is
  // known. Not for two threads at once: it works in memory of its own.
  [[nodiscard]] double operator()(const Interval& range) const;

  // What a rule with positive weights that integrates polynomials of degree order - 1 exactly is wrong by on
  // [a, b] at most.
  [[nodiscard]] double error(double a, double b) const;

  // If [a, b] is one period of the formula: n equidistant points are wrong by no more than this / n^order.
  // The harmonics follow from the integral of the derivative's absolute value. Infinite unless the formula is
  // analytic everywhere.
  [[nodiscard]] double harmonics(double a, double b) const;

 private:
  enum class Kind : std::uint8_t {
    constant,
    variable,
    add,
    subtract,
    multiply,
    divide,
    negate,
    power,
    select,
    step,  // constant between its jumps
    function,
  };
  struct Step {
    Kind kind = Kind::constant;
    std::uint32_t a = 0, b = 0;  // arguments; of a function the one that varies, and the derivative's step
    Interval (*enclose)(const Interval*) = nullptr;
    std::uint8_t arity = 0;
    std::uint32_t arguments[3]{};
    Interval constant{};
  };
  class Maker;

  // A formula that must not be 0, or a whole number, where everything is to be analytic.
  struct Guard {
    std::uint32_t step = 0;
    bool whole = false;
  };
  [[nodiscard]] bool is_analytic() const;
  [[nodiscard]] Interval coefficient(const Step& step, std::size_t self, int k, const Interval& range) const;
  [[nodiscard]] Interval at(std::size_t step, int k) const {
    return values_[step * (order + 1) + static_cast<std::size_t>(k)];
  }

  std::vector<Step> steps_;
  std::vector<Guard> guards_;
  std::size_t result_ = 0;
  bool known_ = false;
  mutable std::vector<Interval> values_;
};

}  // namespace jitegral::analysis
