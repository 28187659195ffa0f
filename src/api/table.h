// The rows of a `for` table. Private to api.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "expr/evaluate.h"
#include "sema/elaborate.h"

namespace jitegral {

// How far a table is, for progress.
struct RowCount {
  std::uint64_t all = 1;
  std::uint64_t done = 0;
  // The part of the whole, when a part of the current row is done (nan: nobody knows).
  [[nodiscard]] double fraction(double of_row) const {
    if (all == 1) return of_row;
    return (static_cast<double>(done) + (std::isnan(of_row) ? 0 : of_row)) / static_cast<double>(all);
  }
};

// Loops nest: the last one runs fastest. Without loops there is one row with nothing bound.
class Table {
 public:
  [[nodiscard]] std::uint64_t rows() const;
  // The loop variables, outermost first.
  [[nodiscard]] std::vector<Symbol> variables() const;
  // Their names and values in one row.
  void read(std::uint64_t row, std::vector<std::pair<std::string, double>>& at) const;

 private:
  friend Expected<Table> make_table(const std::vector<sema::Loop>& loops);
  // Either a list, or start + i * step.
  struct Axis {
    Symbol variable;
    std::vector<double> list;
    double start = 0;
    double step = 0;
    std::uint64_t count = 0;
    [[nodiscard]] double value(std::uint64_t i) const;
  };
  std::vector<Axis> axes_;
};

// Errors: E313 for a range that never ends or a step that leads away. Limits of loops are constants.
Expected<Table> make_table(const std::vector<sema::Loop>& loops);

}  // namespace jitegral
