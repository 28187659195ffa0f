// On what part of a point's place in its grid a value depends. Private to analysis.
#pragma once

#include "analysis/grid_form.h"

namespace jitegral::analysis {

// A set of these.
using Places = unsigned;
enum : Places { nowhere = 0, on_x = 1, on_row = 2, on_tile = 4, on_offset = 8, on_row_offset = 16 };

inline bool is_within(Places some, Places all) { return (some & ~all) == 0; }

// What the node itself depends on, not its arguments.
inline Places place_of(const Node& node, const GridForm& form, const Symbol& x) {
  if (node.kind != ExprKind::variable) return nowhere;
  if (node.symbol == x) return on_x;
  if (node.symbol == form.row) return on_row;
  if (node.symbol == form.tile) return on_tile;
  if (node.symbol == form.offset) return on_offset;
  return node.symbol == form.row_offset ? on_row_offset : nowhere;
}

}  // namespace jitegral::analysis
