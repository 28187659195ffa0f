// A formula over whole intervals: what it can be, not what it is at a point.
#pragma once

#include <cstdint>
#include <vector>

#include "base/interval.h"
#include "expr/evaluate.h"
#include "expr/expr.h"

namespace jitegral::analysis {

// The natural interval extension (R. E. Moore, Interval Analysis, 1966): each operation by the enclosure of
// its row, x*x as a square. Rigorous, as wide as the formula repeats its variable. Symbols without a value
// and integrals can be anything.
class Enclosure {
 public:
  Enclosure() = default;
  Enclosure(const Expr& formula, const Symbol& variable, const Bindings& bindings);
  // All values of the formula for x in `range`. Not for two threads at once: it works in memory of its own.
  [[nodiscard]] Interval operator()(const Interval& range) const;
  // Operations it takes.
  [[nodiscard]] std::size_t size() const { return steps_.size(); }

 private:
  enum class Kind : std::uint8_t { constant, variable, square, apply };
  struct Step {
    Kind kind = Kind::constant;
    Interval (*enclose)(const Interval*) = nullptr;
    std::uint8_t arity = 0;
    std::uint32_t arguments[3]{};
    Interval constant{};
  };
  std::vector<Step> steps_;
  mutable std::vector<Interval> values_;
};

}  // namespace jitegral::analysis
