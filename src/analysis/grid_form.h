// What a grid sum has to compute: the formula with all that repeats from row to row of the grid taken out.
//
// cos(a*x) at x = X + o is cos(aX)*cos(ao) - sin(aX)*sin(ao). A grid is walked in tiles of rows: X is where a
// row begins, o how far into its row a point lies. So the functions are evaluated once a row and once a
// column, and a point costs two products. The addition theorems (function table) do the same for every
// function that has one, and twice over for arguments of degree two. Chains of recurrences (O. Bachmann,
// P. S. Wang, E. V. Zima, "Chains of recurrences - a method to expedite the evaluation of closed-form
// functions", ISSAC 1994) step from point to point instead; here every term is a product of two or three
// values computed anew, so errors do not grow and no point waits for another.
//
// What is added up are sums of products, so the distributive law saves more: the sum of cos(aX)*cos(ao) over
// a row is cos(aX) times a number that all rows share. Where all that is left of a formula are sums and
// products of separated functions and of x = X + o, a row costs as much as a point did; where a third factor
// depends on row and column, as for exp(-x^2), a point costs one fma for each product.
//
// Where nothing can be taken apart, or not that far, a row can still be summed as a whole: its points lie so
// close together that Taylor's theorem gives the sum from the formula's derivatives at the row's middle
// (row_series.h), wherever it can be shown that the formula is analytic and does not vary much.
//
// Whoever sums a grid (code generation, the interpreter) follows this page to the bit.
//
//   TILES      The points fma(i, step, start), first <= i < first + count, are cut from `first` on into tiles
//              of 1024; the last may be shorter. Eight consecutive points are a vector; lanes behind the last
//              point count as 0.
//   SUM        The tiles' vectors are added up in order as s and e: two_sum (D. E. Knuth) from s = 0; what it
//              says was lost is added to e, from 0. Then lanes, halves onto each other three times: the pair
//              (s, e) of the lower and that of the upper become two_sum of both s, and what that lost plus
//              (lower e + upper e). The total is s + e, or s if that is not finite.
//   PLAIN      A tile's vectors are the values of `plain`, in order. They are added to two vector sums, both
//              starting at 0: the first, third, ... to one, the second, fourth, ... to the other. Their sum
//              is the tile's.
//   POINTS     As PLAIN, but its vectors are the values of `body`: vector c of row r (both from 0) holds the
//              points 8*(columns*r + c) ... of the tile. They come column by column: all rows of column 0, of
//              column 1, ...
//   PRODUCTS   The tile's sum starts at 0. For every column, and for each of `products` in order: two vector
//              sums, both starting at 0, one for rows 0, 2, ..., one for rows 1, 3, ...; for each of its
//              terms in order, of every row, sum = fma(row, place, sum), or sum + row where `place` is
//              absent. Then tile = fma(column, first + second, tile), or tile + (first + second) where
//              `column` is absent.
//   ROWS       The tile's sum is the value of `row_sum`, with row r of the tile in lane r.
//   WHICH      A tile is not PLAIN but as `way` says if it has 1024 points, count >= least_count, and `valid`
//              is not 0. If the total is not finite then, all tiles are PLAIN instead.
//   OTHERWISE  Where there is a form `otherwise`, a call that WHICH makes PLAIN all over is not. If it has
//              2 * proofs_pay points or more, its sum is that of its first count/2048*1024 points (a whole
//              quotient) plus that of the rest, each as if it were a call. If it has less, it is summed as
//              that form says.
//
// All arithmetic is in doubles, each operation rounded once, fma only where it is named.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "expr/expr.h"

namespace jitegral::analysis {

struct GridForm {
  static constexpr int tile_points = 1024;
  // From so many points on, to prove that less care will do (of a series, of a second row of a function)
  // takes less than it gains.
  static constexpr std::uint64_t proofs_pay = 1U << 14U;

  // A value with a name, that another formula uses.
  struct Named {
    Symbol symbol;
    Expr value;
  };

  // The formula, over the grid's variable, the parameters and `once`. Here, in `body` and in `row_sum`
  // functions of one argument are computed together where they can be (functions/pair.h).
  Expr plain;
  // Values that are the same at all points, over the parameters.
  std::vector<Named> once;

  enum class Way : std::uint8_t { plain, points, products, rows };
  // plain: only what stands above, and `chunk`, has a meaning.
  Way way = Way::plain;

  int columns = 0;       // vectors in a row
  int rows = 0;          // rows in a tile, a multiple of 8; 8 * columns * rows = tile_points
  double row_place = 0;  // 0, or with Way::rows half of a row: (8*columns - 1)/2
  // Over `offset`: one vector for each column, the same in all tiles. All lists and formulas below may use
  // the parameters and `once`, too.
  std::vector<Named> by_column;
  // Over `offset` and `row_offset`: one vector for each column and row, the same in all tiles.
  std::vector<Named> by_place;
  // Over `row`: one number for each row of a tile.
  std::vector<Named> by_row;
  // Over `offset` and `tile`: one vector for each column of a tile.
  std::vector<Named> by_tile_column;

  // Way::points: the formula over the grid's variable and all values above.
  Expr body;

  struct Term {
    Expr row;    // a value of by_row
    Expr place;  // a value of by_place, or absent: 1
  };
  struct Product {
    Expr column;  // a value of by_column or by_tile_column, or absent: 1
    std::vector<Term> terms;
  };
  // Way::products: the formula is the sum over these of column times the sum over terms of row times place.
  std::vector<Product> products;

  // Way::rows, where rows = 8: the formula's sum over a row's points, over `row` and over `sums`.
  Expr row_sum;
  // Over `offset`: the values in the columns of a row, in order, are added up as the tiles' vectors are. The
  // total is what the symbol stands for in all tiles.
  std::vector<Named> sums;

  Symbol offset;      // (8*c + l) * step in lane l of column c
  Symbol row_offset;  // (8*columns*r) * step in row r
  Symbol row;         // a point of the row, fma(i + row_place, step, start) where i is its first
  Symbol tile;        // the first point of the tile, fma(i, step, start)

  // Over the parameters (not `once`) and the next three, which are the same for all of one call: not 0 if no
  // value above overflows, and none becomes so small that it loses digits, unless the formula's own does, and
  // if a series is as good as the sum.
  Expr valid;
  Symbol middle;      // fma(first + half, step, start) with half = 0.5 * (count - 1)
  Symbol radius;      // abs(half * step)
  Symbol row_length;  // abs(8*columns * step)
  // For calls that are not as `way` says, and too short to be halved. Absent: PLAIN.
  std::shared_ptr<const GridForm> otherwise;

  // From so many points on, what is computed once pays.
  std::uint64_t least_count = 0;

  // Points to be summed in one call: well under 10 ms of work, and enough to pay for what a call computes
  // once. Kernel::Code::chunk().
  std::uint64_t chunk = 0;

  // What was taken apart, as written in the formula: for explain.
  std::vector<Expr> separated;
};

// The form for sums of `formula` (without integrals) over a grid of `variable`; other symbols are parameters.
//
// Taken apart are functions with an addition theorem, of a polynomial in `variable` of degree one or two.
// The error of what stands for exp(u) and its like (the theorem is a product) is relative: at most 4 ulp for
// degree one and 6 ulp for degree two, beyond what rounding u costs. The error of what stands for sin(u) and
// its like is of that size relative to the function's amplitude, not to its value, so these are taken apart
// only where that is harmless: where an absolute error of theirs stays one of the formula. 1/sin(x),
// sqrt(sin(x)), sin(x)/x and sin(x) < 0.5 are left alone. The way does not change these bounds: a sum of rows
// or of products is as far from the sum of its terms as rounding each product once, and x = X + o once, may
// take it. Where products cancel, as in exp(x) - 1 - x near 0, that is an error relative to the products, and
// the same in many rows: it does not average out as the rounding of single terms would. A row summed by its
// series differs from the sum of its terms by a relative 2^-54 and by what rounding the formula at its middle
// costs. Thread-safe.
GridForm grid_form(const Expr& formula, const Symbol& variable);
// The same for calls of less than GridForm::proofs_pay points: without what they do not use.
GridForm short_grid_form(const Expr& formula, const Symbol& variable);

}  // namespace jitegral::analysis
