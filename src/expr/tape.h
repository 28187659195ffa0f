// A formula flattened for many evaluations at single points: no hashing, and no allocation where it is short.
// For what is too rare to compile and too frequent to walk.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

class Tape {
 public:
  Tape() = default;
  // `formula` must be free of integrals and of symbols other than `symbols`.
  Tape(const Expr& formula, std::span<const Symbol> symbols);
  // The value where symbols[i] = values[i]: the same bits as evaluate(). Thread-safe.
  [[nodiscard]] double operator()(std::span<const double> values) const;

 private:
  struct Step {
    const Function* function = nullptr;  // nullptr: a number, or a symbol
    std::uint32_t arguments[3]{};        // earlier steps; the symbol's index
    std::uint8_t arity = 0;
    double number = 0;
    bool is_symbol = false;
  };
  Expr formula_;  // keeps the rows that are not in the table
  std::vector<Step> steps_;
};

}  // namespace jitegral
