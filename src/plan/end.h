// How a formula behaves at an end of a range, what that means for its integral, and the piece next to it.
#pragma once

#include <string>

#include "analysis/local.h"
#include "expr/expr.h"
#include "plan/pieces.h"

namespace jitegral::plan {

// f ~ distance^order * log(distance)^logs, to be integrated down to 0.
struct End {
  analysis::Approach approach;
  analysis::Behaviour f;
  double order = 0;  // of f as a function of the distance, Jacobian of an infinite end included
  double logs = 0;
  bool known = true;  // false: nobody understands it
  bool divergent = false;
  bool mapped = false;  // the piece next to it is written in the distance
};

// What analysis finds there; `t` is the variable of `f.rest`. `mapped` is left to the caller.
End end_of(const Expr& formula, const Symbol& variable, const analysis::Approach& approach, const Symbol& t);

// The map that makes f smooth at ends with these powers and logarithms.
void choose_map(analysis::Approach& approach, std::vector<double> powers, bool logarithms);

// The piece from the end up to `length` away from it (for an infinite end: from 1/length on).
Piece piece_at(const End& end, double length, const Expr& formula, const Symbol& variable, const Symbol& t);

// The same without a map that makes it smooth: for a double exponential rule.
Piece distance_piece(const End& end, double length, const Expr& formula, const Symbol& variable,
                     const Symbol& t);

// True if that is better than a map: f has logarithms there or powers that no low power of the variable makes
// whole, and can be integrated down to the smallest numbers there are.
bool is_for_double_exponential(const End& end);

// f at the end in words: "(x - x0)^-1".
std::string law(const End& end);

}  // namespace jitegral::plan
