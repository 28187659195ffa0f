// A formula over a tile of a grid, multiplied out: what of each product belongs to the row, to the column,
// and to the place where they meet. Private to analysis.
#pragma once

#include <optional>
#include <vector>

#include "analysis/grid_form.h"

namespace jitegral::analysis {

// row * column * place; what is absent is 1.
struct GridTerm {
  Expr row;     // over form.row and the parameters
  Expr column;  // over form.offset, form.tile and the parameters
  Expr place;   // over form.offset, form.row_offset and the parameters
};

// `separated` as a sum of at most `most` terms that differ in `column` or `place`. The point x is
// form.row + form.offset. Absent if it is no such sum: where a function is left that takes more than one part
// of the place.
std::optional<std::vector<GridTerm>> grid_terms(const Expr& separated, const GridForm& form, const Symbol& x,
                                                std::size_t most);

}  // namespace jitegral::analysis
