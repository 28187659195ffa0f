// Random formulas of one variable, as text: the same seed gives the same formula everywhere.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "functions/function.h"

namespace jitegral {

class RandomFormula {
 public:
  explicit RandomFormula(std::uint64_t seed) : random_(seed) {
    for (const Function& row : functions::table())
      if (row.can_be_called() && row.lowering != Lowering::call && row.arity <= 3) rows_.push_back(&row);
  }

  std::string operator()(int depth = 4) {
    if (depth == 0 || below(8) == 0) return leaf();
    if (below(2) == 0) {
      static const char* const signs[] = {" + ", " - ", "*", "/", " < ", " and "};
      return "(" + (*this)(depth - 1) + signs[below(6)] + (*this)(depth - 1) + ")";
    }
    const Function& row = *rows_[below(rows_.size())];
    std::string text = std::string(row.name) + "(";
    for (int i = 0; i < row.arity; ++i) text += (i == 0 ? "" : ", ") + (*this)(depth - 1);
    return text + ")";
  }

 private:
  // Not std::uniform_int_distribution: its results differ between libraries.
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string leaf() {
    static const char* const leaves[] = {"x", "x", "x", "2", "0.5", "3.75", "pi", "1e-3", "10"};
    return leaves[below(9)];
  }

  std::mt19937_64 random_;
  std::vector<const Function*> rows_;
};

}  // namespace jitegral
