// The value of a formula at one point, by walking it: for constants, limits and options. The same bits as a
// kernel.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "expr/expr.h"

namespace jitegral {

// Values of symbols. Small: a linear search is the fastest.
class Bindings {
 public:
  void bind(const Symbol& symbol, double value);
  // nullptr if the symbol has no value here.
  [[nodiscard]] const double* find(const Symbol& symbol) const;

 private:
  std::vector<std::pair<Symbol, double>> values_;
};

// `expr` must be free of integrals; symbols without a value give nan.
double evaluate(const Expr& expr, const Bindings& bindings = {});

}  // namespace jitegral
